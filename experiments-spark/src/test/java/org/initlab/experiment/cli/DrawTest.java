package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.init.Site;
import org.initlab.init.named.Named;
import org.initlab.init.named.Row;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code initlab describe} and {@code initlab draw}. */
class DrawTest {

  @RegisterExtension private final Said said = new Said();

  @TempDir private Path folder;

  private String said() {
    return said.toString();
  }

  static Stream<Row> rows() {
    return Named.rows().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowIsDescribed(Row row) {
    assertThat(Main.run("describe", row.name())).isEqualTo(Exit.DONE);

    assertThat(said())
        .startsWith(row.name() + System.lineSeparator())
        .contains(row.formula(), row.paper(), row.shapes().says());
  }

  @Test
  void aDescriptionHasFansAndVariances() {
    assertThat(Main.run("describe", "Xavier-Uniform")).isEqualTo(Exit.DONE);

    assertThat(said())
        .contains("glorot_uniform", "xavier_uniform", "no stride", "kurtosis 1.800")
        .contains("0.0133333 for a dense layer 100 to 50 (fan_in 100, fan_out 50)")
        .contains("0.00634921 for a convolution 3x3 3 to 32 (fan_in 27, fan_out 288)")
        .contains("LSTM, 64 to 128: 0.01042 paper, jax; 0.003472 keras, pytorch; 0.006250 dl4j");
  }

  @Test
  void aDescriptionNamesWhoDisagrees() {
    assertThat(Main.run("describe", "lecun_uniform")).isEqualTo(Exit.DONE);

    assertThat(said())
        .containsPattern("Keras [0-9.]+ LecunUniform: agrees")
        .containsPattern("JAX [0-9.]+ lecun_uniform: agrees")
        .containsPattern("PyTorch [0-9a-z.]+ kaiming_uniform_.*: agrees")
        .contains("Deeplearning4j 1.0.0-M2.1 LECUN_UNIFORM: DISAGREES; mean square 3.0");
  }

  @Test
  void aNpyFileHasTheShapeAndTheNumbers() throws IOException {
    Path file = folder.resolve("w.npy");

    assertThat(
            Main.run(
                "draw",
                "keras:glorot_uniform",
                "--shape",
                "100,50",
                "--seed",
                "7",
                "--out",
                file.toString()))
        .isEqualTo(Exit.DONE);

    byte[] bytes = Files.readAllBytes(file);
    int header = 10 + (bytes[8] & 0xFF) + 256 * bytes[9];
    assertThat(header % 64).isZero();
    assertThat(new String(bytes, 1, 5, StandardCharsets.US_ASCII)).isEqualTo("NUMPY");
    assertThat(new String(bytes, 10, header - 10, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (100, 50), }")
        .endsWith("\n");
    float[] numbers = new float[(bytes.length - header) / 4];
    ByteBuffer.wrap(bytes, header, bytes.length - header)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(numbers);
    assertThat(numbers)
        .isEqualTo(
            Named.initializer("keras:glorot_uniform(seed=7)")
                .draw(Site.dense(100, 50), Key.of(0))
                .values());
    assertThat(said()).contains("5000 weights: mean").contains("####").contains("Wrote ");
    assertNothingElse(file);
  }

  /** PyTorch writes [out, in], and so does the file. */
  @Test
  void aCsvFileHasALineForEachRowInTheFrameworksOrder() throws IOException {
    Path file = folder.resolve("w.csv");

    assertThat(
            Main.run(
                "draw",
                "torch:xavier_uniform_",
                "--shape",
                "2,3",
                "--seed",
                "7",
                "--out",
                file.toString()))
        .isEqualTo(Exit.DONE);

    float[] ours =
        Named.initializer("torch:xavier_uniform_(seed=7)")
            .draw(Site.dense(3, 2), Key.of(0))
            .values();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines)
        .containsExactly(
            ours[0] + "," + ours[2] + "," + ours[4], ours[1] + "," + ours[3] + "," + ours[5]);
    assertNothingElse(file);
  }

  @Test
  void theSeedIsTheKeyOfInitLabsOwnDraws() throws IOException {
    Path file = folder.resolve("w.csv");

    assertThat(
            Main.run(
                "draw", "he_normal", "--shape", "1x1", "--seed", "9", "--out", file.toString()))
        .isEqualTo(Exit.DONE);

    float[] one = Named.initializer("he_normal").draw(Site.dense(1, 1), Key.of(9)).values();
    assertThat(Files.readString(file)).isEqualTo(one[0] + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "glorot_unifrom --shape 3,3 | Maybe glorot_uniform.",
        "glorot_uniform --shape 3 | at least 2 lengths",
        "glorot_uniform --shape 0,0 | glorot_uniform: variance scaling: fan_avg must be above 0, not 0,",
        "he_normal --shape 0,3 | he_normal: variance scaling: fan_in must be above 0, not 0, to divide a",
        "he_normal --shape 0,3 | the layer has in 0, out 3. Maybe fan_avg.",
        "keras:he_normal --shape 0,3 | keras:he_normal: variance scaling: fan_in must be above 0",
        "random_walk --shape 0,3 | random_walk: fan_in must be above 0, not 0",
        "glorot_uniform --shape 3,-1 | glorot_uniform: --shape 3,-1: A weight shape needs out of at least 0",
        "torch:eye_ --shape 3,3,3 | torch:eye_: identity: shape must be that of a dense layer",
        "dl4j:xavir --shape 3,3 | Maybe dl4j:xavier.",
        "glorot_uniform --shape 3,b | glorot_uniform: --shape must be whole numbers",
        "glorot_uniform --shape 3 | not [3]. Maybe [3, 1].",
        "glorot_uniform --shape 9999999999,9999999999 | needs fewer than 2^63 weights",
        "glorot_uniform --shape 99999999,99999999 | glorot_uniform: variance scaling: shape of weights must be one of at most 2147483639 weights,",
        "jax:lecun_normal --shape 99999999,99999999 | not 9999999800000001:",
        "glorot_uniform | Missing required option: '--shape=LENGTHS'",
        "glorot_uniform --shape 3,3 --seed x | 'x' is not a long",
        "glorot_uniform --shape 3,3 --seed -1 | --seed must be a whole number of at least 0",
        "keras:glorot_uniform --shape 3,3 --seed -1 | seed must be a whole number from 0",
        "keras:glorot_uniform(seed=7) --shape 3,3 --seed 8 | the seed is given twice",
        "orthogonal(gain=NaN) --shape 3,3 | gain must be a finite number of at least 0",
        "orthogonal(gain=NaN) --shape 3,3 | not \"NaN\". Maybe 1.0.",
        "variance_scaling(scale=-2) --shape 3,3 | scale must be a finite number of at least 0, not \"-2\". Maybe 2.",
        "sparse(connections=5000000000) --shape 3,3 | of at least 1 and below 2^32, not \"5000000000\". Maybe 15.",
        "delta_orthogonal --shape 3,3,8,4 | delta_orthogonal: shape must be that of a convolution",
        "identity --shape 3,3,8,4 | Maybe dirac.",
        "random_walk --shape 3,3 --activation tanh | activation must be identity or relu, not tanh",
        "glorot_uniform --shape 3,3 --activation tahn | Maybe tanh.",
      })
  void badInputIsSaidBeforeAnythingIsWritten(String words, String says) throws IOException {
    Path file = folder.resolve("w.npy");
    String[] arguments = ("draw " + words + " --out " + file).split(" ");

    assertThat(Main.run(arguments)).isEqualTo(Exit.USAGE);

    assertThat(said()).contains(says).doesNotContain("\tat ");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** As in NumPy, a tensor without weights is a tensor. */
  @Test
  void aTensorWithoutWeightsIsDrawn() throws IOException {
    Path file = folder.resolve("w.npy");

    assertThat(Main.run("draw", "orthogonal", "--shape", "0,3", "--out", file.toString()))
        .isEqualTo(Exit.DONE);

    assertThat(said()).contains("0 weights.");
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("'shape': (0, 3)");
  }

  @Test
  void theListHasAliases() {
    assertThat(Main.run("list", "initializers")).isEqualTo(Exit.DONE);

    for (Row row : Named.rows()) {
      assertThat(said()).contains("  " + row.name() + " ");
      row.aliases().forEach(alias -> assertThat(said()).contains(alias));
    }
  }

  /** The factors on the deviation that PyTorch calls gains, and whose they are. */
  @Test
  void aDescriptionHasTheGainsOfEveryActivation() {
    assertThat(Main.run("describe", "activation_scaling")).isEqualTo(Exit.DONE);

    assertThat(said())
        .contains("tanh: derived 1.59254, textbook 1, pytorch 1.66667 (PyTorch's own)")
        .contains("selu: derived 1.00000, textbook 1, pytorch 0.750000 (PyTorch's own)")
        .contains("relu: derived 1.41421, textbook 1.41421, pytorch 1.41421")
        .contains("mish: derived ");
  }

  @Test
  void aDescriptionSaysTheVarianceOfALawAndNotOfOneDraw() {
    assertThat(Main.run("describe", "truncated_normal(stddev=0.5)")).isEqualTo(Exit.DONE);

    assertThat(said()).contains("0.250000 for a dense layer", "largest 2.27369 deviations");
  }

  @Test
  void aFileThatCannotBeWrittenIsRefused() throws IOException {
    for (String file : new String[] {"w.txt", "none/w.npy", "folder.npy"}) {
      Files.createDirectories(folder.resolve("folder.npy"));

      assertThat(
              Main.run("draw", "zeros", "--shape", "2,2", "--out", folder.resolve(file).toString()))
          .isEqualTo(Exit.USAGE);

      assertThat(said()).contains("--out must").contains(file);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void anUnknownNameIsNotDescribed() {
    assertThat(Main.run("describe", "glorot_unifrom")).isEqualTo(Exit.USAGE);

    assertThat(said()).contains("Maybe glorot_uniform.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lsvu | No initializer, scheme or calibrator is named lsvu; | Maybe lsuv.",
        "lsuv(tolerance=-1) | lsuv: tolerance must be a finite number above 0 | not \"-1\"",
        "decoupled(start=0) | decoupled: start must be a finite number above 0 | not \"0\"",
        "lsuv(tolerance=0) | lsuv: tolerance must be | above 0",
        "metainit(momentum=1) | metainit: momentum must be | below 1",
        "t_fixp | fixup, skipinit, rezero, t_fixup, | Maybe t_fixup.",
        "t_fixup(encoder_layers=0) | t_fixup: encoder_layers must be a whole number | not \"0\"",
        "torch:trunc_normal_(a=2, b=1) | torch:trunc_normal_: a must be below b, 1.0, not 2.0. | a",
      })
  void aBadTextIsNotDescribed(String text, String says, String also) {
    assertThat(Main.run("describe", text)).isEqualTo(Exit.USAGE);

    assertThat(said()).contains(says, also);
  }

  @Test
  void theFactorsOfTFixupAreToldWithItsRefusal() {
    assertThat(Main.run("describe", "T-Fixup")).isEqualTo(Exit.DONE);

    assertThat(said())
        .contains("Huang, Perez, Ba & Volkovs 2020", "0.67 N^(-1/4)", "(9 M)^(-1/4)")
        .contains("decoder embedding", "no architecture here has them");
  }

  private void assertNothingElse(Path file) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }
}
