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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.weights.WeightInit;
import org.initlab.init.Site;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What other programs draw under the names of our rows, measured by running them: a million weights
 * of a dense layer from 2000 to 500. The results are the table that {@code describe} prints; {@code
 * -Dinitlab.frameworks=write} writes it anew.
 */
@Tag("slow")
class FrameworksTest {

  private static final Path TABLE =
      Path.of("src/main/resources/org/initlab/init/named/frameworks.csv");

  private static final int IN = 2000;
  private static final int OUT = 500;

  /**
   * One comparison.
   *
   * @param ours a text of Named
   * @param framework keras, jax, pytorch or dl4j
   * @param theirs what it is called there
   * @param how what the oracle evaluates: an expression or a call of Python, or a constant of
   *     WeightInit
   */
  private record Case(String ours, String framework, String theirs, String how) {}

  private static Case keras(String ours, String call) {
    String seeded = call.replace(")", (call.endsWith("()") ? "" : ", ") + "seed=7)");
    String theirs = call.replace("()", "");
    return new Case(
        ours, "keras", theirs, "keras.initializers.%s((%d, %d))".formatted(seeded, IN, OUT));
  }

  private static Case jax(String ours, String call) {
    String theirs = call.replace("()", "");
    return new Case(ours, "jax", theirs, "init.%s(key(7), (%d, %d))".formatted(call, IN, OUT));
  }

  private static Case torch(String ours, String call) {
    return new Case(ours, "pytorch", call.replace("w, ", "").replace("(w)", ""), call);
  }

  private static Case dl4j(String ours, WeightInit theirs) {
    return new Case(ours, "dl4j", theirs.name(), theirs.name());
  }

  private static final String UNIFORM_SCALING =
      "variance_scaling(scale=1.0, mode=fan_in, distribution=uniform)";
  private static final String NORMAL_SCALING =
      "variance_scaling(scale=1.0, mode=fan_in, distribution=normal)";
  private static final String TRUNCATED_SCALING =
      "variance_scaling(scale=1.0, mode=fan_in, distribution=truncated_normal)";

  private static final List<Case> CASES =
      List.of(
          keras("glorot_uniform", "GlorotUniform()"),
          jax("glorot_uniform", "glorot_uniform()"),
          torch("glorot_uniform", "xavier_uniform_(w)"),
          dl4j("glorot_uniform", WeightInit.XAVIER_UNIFORM),
          keras("glorot_normal", "GlorotNormal()"),
          jax("glorot_normal", "glorot_normal()"),
          torch("glorot_normal", "xavier_normal_(w)"),
          dl4j("glorot_normal", WeightInit.XAVIER),
          dl4j("glorot_normal", WeightInit.XAVIER_LEGACY),
          keras("glorot_truncated_normal", "GlorotNormal()"),
          jax("glorot_truncated_normal", "glorot_normal()"),
          keras("he_uniform", "HeUniform()"),
          jax("he_uniform", "he_uniform()"),
          torch("he_uniform", "kaiming_uniform_(w)"),
          dl4j("he_uniform", WeightInit.RELU_UNIFORM),
          keras("he_normal", "HeNormal()"),
          jax("he_normal", "he_normal()"),
          torch("he_normal", "kaiming_normal_(w)"),
          dl4j("he_normal", WeightInit.RELU),
          keras("he_truncated_normal", "HeNormal()"),
          jax("he_truncated_normal", "he_normal()"),
          keras("lecun_uniform", "LecunUniform()"),
          jax("lecun_uniform", "lecun_uniform()"),
          torch("lecun_uniform", "kaiming_uniform_(w, nonlinearity='linear')"),
          dl4j("lecun_uniform", WeightInit.LECUN_UNIFORM),
          keras("lecun_normal", "LecunNormal()"),
          jax("lecun_normal", "lecun_normal()"),
          torch("lecun_normal", "kaiming_normal_(w, nonlinearity='linear')"),
          dl4j("lecun_normal", WeightInit.LECUN_NORMAL),
          keras("lecun_truncated_normal", "LecunNormal()"),
          jax("lecun_truncated_normal", "lecun_normal()"),
          torch("standard", "kaiming_uniform_(w, a=sqrt5)"),
          dl4j("standard", WeightInit.UNIFORM),
          keras("normal(stddev=0.05)", "RandomNormal()"),
          jax("normal(stddev=0.05)", "normal()"),
          jax("normal(stddev=0.05)", "normal(0.05)"),
          torch("normal(stddev=0.05)", "normal_(w)"),
          torch("normal(stddev=0.05)", "normal_(w, std=0.05)"),
          dl4j("normal(stddev=0.05)", WeightInit.NORMAL),
          keras("uniform(limit=0.05)", "RandomUniform()"),
          jax("uniform(limit=0.05)", "uniform()"),
          jax("uniform(limit=0.05)", "uniform(0.05)"),
          torch("uniform(limit=0.05)", "uniform_(w)"),
          dl4j("uniform(limit=0.05)", WeightInit.UNIFORM),
          keras("truncated_normal(stddev=0.05)", "TruncatedNormal()"),
          jax("truncated_normal(stddev=0.05)", "truncated_normal(0.05)"),
          torch("truncated_normal(stddev=0.05)", "trunc_normal_(w, std=0.05)"),
          torch("truncated_normal(stddev=0.05)", "trunc_normal_(w)"),
          keras(TRUNCATED_SCALING, "VarianceScaling()"),
          keras(TRUNCATED_SCALING, "VarianceScaling(distribution='normal')"),
          jax(TRUNCATED_SCALING, "variance_scaling(1, 'fan_in', 'truncated_normal')"),
          dl4j(TRUNCATED_SCALING, WeightInit.VAR_SCALING_NORMAL_FAN_IN),
          keras(NORMAL_SCALING, "VarianceScaling(distribution='normal')"),
          keras(NORMAL_SCALING, "VarianceScaling(distribution='untruncated_normal')"),
          jax(NORMAL_SCALING, "variance_scaling(1, 'fan_in', 'normal')"),
          keras(UNIFORM_SCALING, "VarianceScaling(distribution='uniform')"),
          jax(UNIFORM_SCALING, "variance_scaling(1, 'fan_in', 'uniform')"),
          dl4j(UNIFORM_SCALING, WeightInit.VAR_SCALING_UNIFORM_FAN_IN),
          keras("orthogonal(gain=1.0)", "Orthogonal()"),
          jax("orthogonal(gain=1.0)", "orthogonal()"),
          torch("orthogonal(gain=1.0)", "orthogonal_(w)"),
          torch("identity(gain=1.0)", "eye_(w)"),
          dl4j("identity(gain=1.0)", WeightInit.IDENTITY),
          torch("sparse(connections=15, stddev=1.0)", "sparse_(w, 0.1)"),
          dl4j("lecun_normal", WeightInit.NORMAL),
          dl4j("lecun_normal", WeightInit.XAVIER_FAN_IN),
          dl4j("dl4j:lecun_uniform", WeightInit.LECUN_UNIFORM),
          dl4j("dl4j:sigmoid_uniform", WeightInit.SIGMOID_UNIFORM),
          dl4j("dl4j:xavier_legacy", WeightInit.XAVIER_LEGACY),
          dl4j("dl4j:var_scaling_normal_fan_in", WeightInit.VAR_SCALING_NORMAL_FAN_IN),
          dl4j("dl4j:var_scaling_normal_fan_out", WeightInit.VAR_SCALING_NORMAL_FAN_OUT),
          dl4j("dl4j:var_scaling_normal_fan_avg", WeightInit.VAR_SCALING_NORMAL_FAN_AVG),
          dl4j("dl4j:var_scaling_uniform_fan_in", WeightInit.VAR_SCALING_UNIFORM_FAN_IN),
          dl4j("dl4j:var_scaling_uniform_fan_out", WeightInit.VAR_SCALING_UNIFORM_FAN_OUT),
          dl4j("dl4j:var_scaling_uniform_fan_avg", WeightInit.VAR_SCALING_UNIFORM_FAN_AVG));

  private static final String REFUSED = "refused";

  /**
   * The stored numbers against new ones, every generator with a fixed seed. Another version of a
   * framework with another stream would stay within these bounds: five standard errors of a
   * variance and a kurtosis of a million normal draws are 0.7 % and 0.025, 6e-7 false alarms each.
   */
  @Test
  void theTableIsWhatTheFrameworksDraw(@TempDir Path folder) throws Exception {
    List<String> measured = new ArrayList<>();
    measured.add(
        "initializer;framework;version;name;mean_square_ratio;kurtosis;largest;our_kurtosis");
    Map<String, String> versions = new TreeMap<>();
    List<float[]> draws = draws(folder, versions);
    for (int i = 0; i < CASES.size(); i++) {
      measured.add(line(CASES.get(i), versions, draws.get(i)));
    }
    if ("write".equals(System.getProperty("initlab.frameworks"))) {
      Files.write(TABLE, measured);
    }
    List<String> stored = Files.readAllLines(TABLE);
    assertThat(stored).hasSameSizeAs(measured);
    for (int i = 1; i < stored.size(); i++) {
      String[] now = measured.get(i).split(";");
      String[] then = stored.get(i).split(";");
      assertThat(now[0] + now[1] + now[3]).isEqualTo(then[0] + then[1] + then[3]);
      if (now[4].equals(REFUSED)) {
        assertThat(then[4]).as(stored.get(i)).isEqualTo(REFUSED);
        continue;
      }
      double ratio = Double.parseDouble(then[4]);
      assertThat(Double.parseDouble(now[4]))
          .as(stored.get(i))
          .isCloseTo(ratio, within(ratio / 100));
      assertThat(Double.parseDouble(now[5]))
          .as(stored.get(i))
          .isCloseTo(
              Double.parseDouble(then[5]),
              within(Math.max(0.03, Double.parseDouble(then[5]) / 100)));
    }
  }

  private static List<float[]> draws(Path folder, Map<String, String> versions) throws Exception {
    List<String> python = new ArrayList<>();
    List<String> torch = new ArrayList<>();
    for (int i = 0; i < CASES.size(); i++) {
      Case one = CASES.get(i);
      Path file = folder.resolve("draw" + i);
      if (one.framework().equals("keras") || one.framework().equals("jax")) {
        python.add(file + " " + one.how());
      } else if (one.framework().equals("pytorch")) {
        torch.add("7 " + OUT + "," + IN + " " + file + " init." + one.how());
      }
    }
    versions.put("dl4j", version());
    versions.putAll(KerasJaxTest.ask(python, folder));
    versions.putAll(torch(torch, folder));
    List<float[]> draws = new ArrayList<>();
    for (int i = 0; i < CASES.size(); i++) {
      boolean here = CASES.get(i).framework().equals("dl4j");
      draws.add(here ? dl4j(CASES.get(i).how()) : Oracle.read(folder.resolve("draw" + i)));
    }
    return draws;
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
        .init(IN, OUT, new long[] {IN, OUT}, 'f', Nd4j.create(1, IN * OUT))
        .dup()
        .data()
        .asFloat();
  }

  private static String line(Case one, Map<String, String> versions, float[] draws) {
    double[] ours =
        moments(Named.initializer(one.ours()).draw(Site.dense(IN, OUT), Key.of(1)).values());
    String row =
        String.join(";", one.ours(), one.framework(), versions.get(one.framework()), one.theirs());
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
      assertThat(lines.skip(1)).hasSize(CASES.size());
    }
  }
}
