package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;

/** Finds the folder that a study runs in, and refuses one that holds something else. */
final class Runs {

  private static final String STUDY = "study.yaml";

  private Runs() {}

  /**
   * The run folder of {@code study} under {@code out}; nothing is written yet.
   *
   * @param fork whether a run of the same study with another meaning may stand beside it
   */
  static Path folder(Path out, Study study, boolean fork)
      throws CommandException, IOException, StudyException {
    if (isRun(out)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: "
              + out
              + " is itself the run folder of the study '"
              + read(out).name()
              + "'; --out takes the folder that run folders lie in. Maybe "
              + Optional.ofNullable(out.toAbsolutePath().normalize().getParent())
                  .map(Path::toString)
                  .orElse("runs")
              + ".");
    }
    requireWritable(out);
    Path folder = out.resolve(study.runName());
    if (isRun(folder)) {
      return folder;
    }
    if (Files.exists(folder) && !isEmpty(folder)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: " + folder + " exists and is not a run folder (it has no study.yaml).");
    }
    Optional<Path> other = otherMeaning(out, study);
    if (other.isPresent() && !fork) {
      throw new CommandException(Exit.REFUSED, refusal(other.get(), study));
    }
    return folder;
  }

  /** The study that a run folder holds. */
  static Study open(Path run) throws CommandException, StudyException {
    if (!isRun(run)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: " + run + " is not a run folder (it has no study.yaml)." + maybe(run));
    }
    return read(run);
  }

  private static Study read(Path run) throws StudyException {
    return StudyFile.read(run.resolve(STUDY), Optional.empty(), Vocabulary.known());
  }

  static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve(STUDY))
        && Files.isDirectory(folder.resolve("trials"));
  }

  private static String maybe(Path run) {
    Path parent = Optional.ofNullable(run.getParent()).orElse(Path.of("."));
    try (Stream<Path> siblings = Files.list(parent)) {
      List<String> names =
          siblings.filter(Runs::isRun).map(p -> p.getFileName().toString()).sorted().toList();
      return names.isEmpty()
          ? ""
          : " Maybe " + parent.resolve(nearest(run.getFileName().toString(), names)) + ".";
    } catch (IOException e) {
      return "";
    }
  }

  private static String nearest(String name, List<String> names) {
    return org.initlab.init.named.Nearest.to(name, names).orElse(names.get(names.size() - 1));
  }

  private static Optional<Path> otherMeaning(Path out, Study study) throws IOException {
    if (!Files.isDirectory(out)) {
      return Optional.empty();
    }
    String pattern = java.util.regex.Pattern.quote(study.name()) + "-[0-9a-f]{8}";
    try (Stream<Path> folders = Files.list(out)) {
      return folders
          .filter(f -> f.getFileName().toString().matches(pattern) && isRun(f))
          .max(Comparator.comparing(f -> f.resolve(STUDY).toFile().lastModified()));
    }
  }

  private static String refusal(Path other, Study study) throws StudyException {
    Map<String, String> was = read(other).meaning();
    Map<String, String> now = study.meaning();
    StringBuilder text =
        new StringBuilder("initlab: the study has changed since ").append(other).append(":\n");
    TreeSet<String> keys = new TreeSet<>(was.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      String before = was.getOrDefault(key, "(not there)");
      String after = now.getOrDefault(key, "(not there)");
      if (!before.equals(after)) {
        text.append("  ").append(key).append(": ").append(before).append(" -> ").append(after);
        text.append('\n');
      }
    }
    return text.append(
            "Its results answer another question. Add --fork to start a new run folder beside it,"
                + " or undo the change.\n"
                + "More values on an axis and more repeats are no such change.")
        .toString();
  }

  private static void requireWritable(Path out) throws CommandException {
    Path existing = out.toAbsolutePath().normalize();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: cannot write to "
              + out
              + ": "
              + existing
              + " is not a folder that you may"
              + " write to. Choose another with --out.");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.noneMatch(
          f -> Files.isRegularFile(f) && !f.getFileName().toString().startsWith("."));
    }
  }
}
