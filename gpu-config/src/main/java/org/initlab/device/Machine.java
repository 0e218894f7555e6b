package org.initlab.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The processor and memory of the machine that the program runs on.
 *
 * @param processor the model's name
 * @param flags the instruction sets that matter to a matrix product, of those that it has
 * @param cores logical processors that the JVM may use
 * @param memoryBytes physical memory, 0 where it cannot be told
 * @param system operating system and architecture
 */
public record Machine(
    String processor, Set<String> flags, int cores, long memoryBytes, String system) {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

  /** This machine. Unknown parts are named so; it never fails. */
  public static Machine here() {
    List<String> cpu = lines(CPU_INFO);
    return new Machine(
        valueOf(cpu, "model name", System.getProperty("os.arch")),
        Set.copyOf(
            Arrays.stream(valueOf(cpu, "flags", "").split(" "))
                .filter(List.of("sse3", "avx", "avx2", "fma", "avx512f")::contains)
                .toList()),
        Runtime.getRuntime().availableProcessors(),
        kibibytes(valueOf(lines(MEMORY_INFO), "MemTotal", "0 kB")) * 1024,
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"));
  }

  /**
   * The OpenBLAS core whose kernels this processor can run, as {@code OPENBLAS_CORETYPE} names it;
   * empty where OpenBLAS's own choice is to be trusted.
   */
  public String blasCore() {
    if (flags.contains("avx512f")) {
      return "SkylakeX";
    }
    return flags.contains("avx2") && flags.contains("fma") ? "Haswell" : "";
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String valueOf(List<String> lines, String name, String otherwise) {
    return lines.stream()
        .filter(l -> l.startsWith(name))
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static long kibibytes(String text) {
    return Long.parseLong(text.replaceAll("\\D", ""));
  }
}
