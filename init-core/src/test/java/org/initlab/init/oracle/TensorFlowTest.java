package org.initlab.init.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.init.Fans;
import org.initlab.init.Layout;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row {@code keras:...} against the real TensorFlow. Keras itself is a few lines of Python on
 * top: what it asks of TensorFlow is in {@link KerasCase}, and heard from itself by {@link
 * KerasLimitsTest}.
 */
@Tag("slow")
class TensorFlowTest {

  private static final Path PROGRAM = Path.of("src/test/oracle/TensorFlowDraws.java");
  private static final Path JARS = Path.of("target/tensorflow");

  private static final List<String> SEEDS = List.of("0", "7", "123456789", "4294967295");

  private static final List<String> SHAPES =
      List.of(
          "1,1",
          "1,2",
          "3,1",
          "5,1",
          "3,5",
          "7,13",
          "3,3,3,32",
          "5,3,8",
          "2,1,2,3,5",
          "100,50",
          "1000,1000");

  private static String line(String words, String seed, String shape, Path file) {
    String[] rule = words.split(" ");
    return String.join(" ", rule[0], seed, shape, rule[1], rule[2], file.toString());
  }

  private static WeightShape shape(String lengths) {
    return Layout.KERNEL_IN_OUT.shape(
        Arrays.stream(lengths.split(",")).mapToLong(Long::parseLong).toArray());
  }

  @Test
  void everyRowIsThatOfTensorFlow(@TempDir Path folder) throws Exception {
    List<String> lines = new ArrayList<>();
    for (KerasCase one : KerasCase.ALL) {
      for (String seed : SEEDS) {
        for (String shape : SHAPES) {
          Path file = folder.resolve("draw" + lines.size());
          lines.add(line(one.rule().words(shape(shape).fans()), seed, shape, file));
        }
      }
    }
    ask(lines, folder);

    int asked = 0;
    long same = 0;
    long all = 0;
    for (KerasCase one : KerasCase.ALL) {
      for (String seed : SEEDS) {
        for (String shape : SHAPES) {
          String text = "keras:" + one.text().formatted("seed=" + seed);
          boolean exact = one.rule().words(new Fans(1, 1)).startsWith("uniform");
          float[] theirs = Oracle.read(folder.resolve("draw" + asked++));
          float[] ours = Named.initializer(text).draw(Site.of(shape(shape)), Key.of(1)).values();
          assertThat(Oracle.differences(ours, theirs, exact ? 0 : 6, 0))
              .as("%s of shape %s", text, shape)
              .isEmpty();
          for (int i = 0; i < ours.length; i++) {
            same += ours[i] == theirs[i] ? 1 : 0;
          }
          all += ours.length;
        }
      }
    }
    // C libraries round the logarithm, sine and cosine of a float not always to the nearest.
    assertThat((double) same / all).as("numbers equal to the bit").isGreaterThan(0.95);
    assertThat(KerasCase.ALL.stream().map(c -> Named.row("keras:" + c.text().formatted("seed=1"))))
        .as("every row with a seed has a case")
        .containsAll(
            Named.rows().stream()
                .filter(row -> row.name().startsWith("keras:"))
                .filter(row -> row.parameters().stream().anyMatch(p -> p.name().equals("seed")))
                .filter(row -> !row.name().equals("keras:orthogonal"))
                .toList());
  }

  /**
   * Keras draws the upright matrix and takes Q of its QR decomposition with a positive diagonal:
   * then Q^T A is upper triangular with a positive diagonal, and no other orthonormal Q does that.
   */
  @Test
  void orthogonalIsTheQOfTensorFlowsNormals(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("normals");
    ask(List.of("normal 7 12,5 0 1 " + file), folder);
    float[] a = Oracle.read(file);
    float[] q =
        Named.initializer("keras:orthogonal(seed=7)").draw(Site.dense(12, 5), Key.of(1)).values();
    float[] turned =
        Named.initializer("keras:orthogonal(seed=7)").draw(Site.dense(5, 12), Key.of(1)).values();
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        double r = 0;
        for (int k = 0; k < 12; k++) {
          r += (double) q[k * 5 + i] * a[k * 5 + j];
          assertThat(turned[i * 12 + k]).isEqualTo(q[k * 5 + i]);
        }
        if (i > j) {
          assertThat(Math.abs(r)).isLessThan(1e-5);
        } else if (i == j) {
          assertThat(r).isPositive();
        }
      }
    }
  }

  static void ask(List<String> lines, Path folder) throws Exception {
    if (!present()) {
      Oracle.missing("TensorFlow", "mvn verify puts it into " + JARS.toAbsolutePath() + ".");
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = List.of(java, "-Xmx1g", "-cp", JARS + "/*", PROGRAM.toString());
    Oracle.ask(command, lines, folder);
  }

  private static boolean present() throws IOException {
    if (!Files.isDirectory(JARS)) {
      return false;
    }
    try (Stream<Path> files = Files.list(JARS)) {
      return files.anyMatch(f -> f.getFileName().toString().matches(".*native.*x86_64.*jar"));
    }
  }
}
