package org.initlab.init.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.weights.WeightInit;
import org.initlab.init.Site;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What other programs draw under the names of our rows, measured by running them: a million weights
 * of a dense layer from 2000 to 500. The results are the table that {@code describe} prints; {@code
 * -Dinitlab.frameworks=write} writes it anew. A framework that is missing leaves out its own lines
 * only.
 */
@Tag("slow")
class FrameworksTest {

  private static final Path TABLE =
      Path.of("src/main/resources/org/initlab/init/named/frameworks.csv");

  private static final String REFUSED = "refused";

  /**
   * The stored numbers against new ones, every generator with a fixed seed. Another version of a
   * framework with another stream would stay within these bounds: five standard errors of a
   * variance and a kurtosis of a million normal draws are 0.7 % and 0.025, 6e-7 false alarms each.
   */
  @ParameterizedTest
  @ValueSource(strings = {"keras", "jax", "pytorch", "dl4j"})
  void theTableIsWhatTheFrameworkDraws(String framework, @TempDir Path folder) throws Exception {
    List<Integer> places =
        IntStream.range(0, Comparison.ALL.size())
            .filter(i -> Comparison.ALL.get(i).framework().equals(framework))
            .boxed()
            .toList();
    List<String> measured = measured(places, folder);
    List<String> stored = new ArrayList<>(Files.readAllLines(TABLE));
    if ("write".equals(System.getProperty("initlab.frameworks"))) {
      write(stored, places, measured);
    }
    assertThat(stored).hasSize(Comparison.ALL.size() + 1);
    for (int i = 0; i < measured.size(); i++) {
      String row = stored.get(places.get(i) + 1);
      String[] now = measured.get(i).split(";");
      String[] then = row.split(";");
      assertThat(now[0] + now[1] + now[3]).isEqualTo(then[0] + then[1] + then[3]);
      if (now[4].equals(REFUSED)) {
        assertThat(then[4]).as(row).isEqualTo(REFUSED);
        continue;
      }
      double ratio = Double.parseDouble(then[4]);
      assertThat(Double.parseDouble(now[4])).as(row).isCloseTo(ratio, within(ratio / 100));
      assertThat(Double.parseDouble(now[5]))
          .as(row)
          .isCloseTo(
              Double.parseDouble(then[5]),
              within(Math.max(0.03, Double.parseDouble(then[5]) / 100)));
    }
  }

  /**
   * Puts the framework's lines in their places; what is new has an empty line till it is measured.
   */
  private static void write(List<String> stored, List<Integer> places, List<String> measured)
      throws IOException {
    while (stored.size() <= Comparison.ALL.size()) {
      stored.add("");
    }
    stored.subList(Comparison.ALL.size() + 1, stored.size()).clear();
    for (int i = 0; i < measured.size(); i++) {
      stored.set(places.get(i) + 1, measured.get(i));
    }
    Files.write(TABLE, stored);
  }

  /** The lines of the comparisons at these places, all of one framework. */
  private static List<String> measured(List<Integer> places, Path folder) throws Exception {
    List<Comparison> all = places.stream().map(Comparison.ALL::get).toList();
    String framework = all.get(0).framework();
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Path file = folder.resolve("draw" + i);
      questions.add(
          framework.equals("pytorch")
              ? "7 "
                  + Comparison.OUT
                  + ","
                  + Comparison.IN
                  + " "
                  + file
                  + " init."
                  + all.get(i).how()
              : file + " " + all.get(i).how());
    }
    Map<String, String> versions =
        switch (framework) {
          case "keras" -> PythonPackage.KERAS.ask(questions, folder);
          case "jax" -> PythonPackage.JAX.ask(questions, folder);
          case "pytorch" -> torch(questions, folder);
          default -> Map.of("dl4j", version());
        };
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      float[] draws =
          framework.equals("dl4j")
              ? dl4j(all.get(i).how())
              : Oracle.read(folder.resolve("draw" + i));
      lines.add(line(all.get(i), versions.get(framework), draws));
    }
    return lines;
  }

  private static Map<String, String> torch(List<String> lines, Path folder) throws Exception {
    String python = TorchTest.python().orElse(null);
    if (python == null) {
      Oracle.missing("PyTorch", "On Debian: apt-get install python3-torch.");
    }
    return Oracle.ask(List.of(python, TorchTest.PROGRAM.toString()), lines, folder);
  }

  /** That of Deeplearning4j, from its own jar. */
  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        WeightInit.class.getResourceAsStream(
            "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties")) {
      properties.load(in);
    }
    return properties.getProperty("version");
  }

  /** Nothing where Deeplearning4j refuses to draw. */
  private static float[] dl4j(String name) {
    Nd4j.getRandom().setSeed(7);
    try {
      return weights(name);
    } catch (IllegalStateException e) {
      return new float[0];
    }
  }

  private static float[] weights(String name) {
    return WeightInit.valueOf(name)
        .getWeightInitFunction()
        .init(
            Comparison.IN,
            Comparison.OUT,
            new long[] {Comparison.IN, Comparison.OUT},
            'f',
            Nd4j.create(1, Comparison.IN * Comparison.OUT))
        .dup()
        .data()
        .asFloat();
  }

  private static String line(Comparison one, String version, float[] draws) {
    double[] ours =
        moments(
            Named.initializer(one.ours())
                .draw(Site.dense(Comparison.IN, Comparison.OUT), Key.of(1))
                .values());
    String row = String.join(";", one.ours(), one.framework(), version, one.theirs());
    if (draws.length == 0) {
      return row + ";" + REFUSED + ";;;";
    }
    double[] theirs = moments(draws);
    return String.format(
        Locale.ROOT,
        "%s;%.4f;%.3f;%.2f;%.3f",
        row,
        theirs[0] / ours[0],
        theirs[1],
        theirs[2],
        ours[1]);
  }

  /** Mean square; kurtosis and the largest deviation, both about the mean. */
  private static double[] moments(float[] draws) {
    double mean = 0;
    double square = 0;
    for (float w : draws) {
      mean += (double) w / draws.length;
      square += (double) w * w / draws.length;
    }
    double second = 0;
    double fourth = 0;
    double largest = 0;
    for (float w : draws) {
      double d = (w - mean) * (w - mean);
      second += d / draws.length;
      fourth += d * d / draws.length;
      largest = Math.max(largest, d);
    }
    return new double[] {square, fourth / second / second, Math.sqrt(largest / second)};
  }

  @Test
  void everyLineOfTheTableIsACase() throws IOException {
    try (Stream<String> lines = Files.lines(TABLE)) {
      assertThat(lines.skip(1)).hasSize(Comparison.ALL.size());
    }
  }
}
