package org.initlab.experiment.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that is replaced when its new content is whole: a reader, or whoever comes after a kill,
 * sees the old one or the new one.
 */
public final class WholeFolder {

  private final Path target;
  private final Set<String> content;

  /**
   * The folder.
   *
   * @param content names of what may lie in it
   */
  WholeFolder(Path folder, Set<String> content) {
    this.target = folder.toAbsolutePath().normalize();
    this.content = Set.copyOf(content);
  }

  /** Fails if the folder holds anything that is not ours to replace. */
  void refuseForeign() throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    try (Stream<Path> files = Files.list(target)) {
      List<String> foreign =
          files
              .map(p -> p.getFileName().toString())
              .filter(n -> !content.contains(n))
              .sorted()
              .toList();
      if (!foreign.isEmpty()) {
        throw new IOException(
            "A report would replace the folder " + target + ", which holds " + foreign.get(0));
      }
    }
  }

  /** Puts these files, texts by their path in the folder, in the place of the old ones. */
  void replace(Map<String, String> files) throws IOException {
    String mark = target.getFileName() + "-" + UUID.randomUUID();
    Path fresh = target.resolveSibling("." + mark + ".new");
    Path old = target.resolveSibling("." + mark + ".old");
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = fresh.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue(), StandardCharsets.UTF_8);
      }
      if (Files.exists(target)) {
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(fresh);
      delete(old);
    }
  }

  /** Removes a folder with all that is in it; nothing if it is not there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> files = Files.walk(folder)) {
      inside = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }
}
