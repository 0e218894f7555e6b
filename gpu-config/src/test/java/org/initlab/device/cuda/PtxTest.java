package org.initlab.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The PTX in the repository is that of the sources beside it, and what GPUs can read. */
class PtxTest {

  private static final Path FOLDER = Path.of("src/main/resources/org/initlab/device/cuda");

  private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"(.*)\"$");

  @TempDir private Path work;

  static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".cu"))
          .map(f -> f.replace(".cu", ""))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void eachSourceWasCompiled(String name) throws Exception {
    byte[] source = whole(name + ".cu").getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(source));

    assertThat(ptx(name))
        .as("Run scripts/compile-kernels: %s.cu, or what it includes, has changed.", name)
        .contains("SHA-256 of the source: " + hash);
    assertThat(ptx(name)).contains(".version 7.0\n.target sm_80\n");
  }

  /** A source behind all that it includes. */
  private static String whole(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file));
    StringBuilder all = new StringBuilder();
    for (String included : INCLUDE.matcher(text).results().map(m -> m.group(1)).toList()) {
      all.append(whole(included));
    }
    return all.append(text).toString();
  }

  /** Else a GPU would round once where a CPU rounds twice. */
  @Test
  void drawsContractNothing() throws IOException {
    assertThat(ptx("draw")).contains("mul.rn.f32", "add.rn.f32");
    assertThat(ptx("draw").lines().filter(l -> l.matches(".*\\b(mul|add|sub)(\\.ftz)?\\.f32.*")))
        .isEmpty();
    assertThat(ptx("draw")).doesNotContain(".approx", ".ftz");
  }

  @ParameterizedTest
  @MethodSource("sources")
  void nvidiasAssemblerAcceptsItForEachGeneration(String name) throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ptxas"))),
        "There is no ptxas here.");
    for (String sm : List.of("sm_80", "sm_90", "sm_100")) {
      Path log = work.resolve("log");
      int exit =
          new ProcessBuilder(
                  "ptxas",
                  "-arch=" + sm,
                  FOLDER.resolve(name + ".ptx").toString(),
                  "-o",
                  work.resolve("cubin").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start()
              .waitFor();
      assertThat(exit).as(Files.readString(log)).isZero();
    }
  }

  private static String ptx(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name + ".ptx"));
  }
}
