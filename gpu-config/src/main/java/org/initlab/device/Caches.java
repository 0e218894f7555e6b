package org.initlab.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sizes of a processor's data caches, as the operating system tells them.
 *
 * @param second bytes of the second level; 0 where it cannot be told
 * @param third bytes of the third level, which other cores may share; 0 where it cannot be told
 */
public record Caches(long second, long third) {

  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** Of this machine's first processor. It never fails. */
  public static Caches here() {
    return in(LINUX);
  }

  /** From a folder that holds a folder {@code index...} a cache, with files level, type, size. */
  static Caches in(Path folder) {
    return new Caches(bytes(folder, "2"), bytes(folder, "3"));
  }

  private static long bytes(Path folder, String level) {
    return indices(folder).stream()
        .filter(i -> line(i, "level").equals(level) && !line(i, "type").equals("Instruction"))
        .mapToLong(i -> bytes(line(i, "size")))
        .max()
        .orElse(0);
  }

  private static List<Path> indices(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(i -> i.getFileName().toString().startsWith("index")).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String line(Path index, String name) {
    try {
      return Files.readString(index.resolve(name)).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static long bytes(String size) {
    if (!size.matches("[0-9]+[KM]")) {
      return 0;
    }
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return number << (size.endsWith("K") ? 10 : 20);
  }
}
