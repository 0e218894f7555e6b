package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Theory beside what networks that are drawn and run really do. */
class PredictionsTest {

  private static final int WIDTH = 400;
  private static final int REPEATS = 10;

  private static final List<String> METRICS =
      List.of("length", "correlation", "chi1", "activation_moments", "gradient_moments");

  private static TrialResult run(List<String> metrics, String... changes) {
    return Trials.run(trial(metrics, changes));
  }

  private static Trial trial(List<String> metrics, String... changes) {
    List<String> all =
        new ArrayList<>(List.of("depth", "4", "width", "" + WIDTH, "probe_examples", "40"));
    all.addAll(List.of(changes));
    return Trials.of(metrics, List.of(0L), all.toArray(String[]::new));
  }

  private static List<Measurement> predicted(TrialResult result) {
    return result.measurements().stream().filter(m -> m.metric().startsWith("predicted/")).toList();
  }

  /**
   * One network's length strays by sqrt(5 L / n) at most (ReLU), and by sqrt(2 / units) more for
   * the units of the layer itself; a correlation by less than 1 / sqrt(n). Bounds are five
   * deviations of the mean over ten networks.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mlp; tanh; glorot_uniform",
        "mlp; tanh; normal(stddev=0.1)",
        "mlp; relu; he_normal",
        "mlp; relu; keras:he_normal",
        "mlp; sigmoid; torch_default",
        "mlp; softplus; standard",
        "mlp; gelu; orthogonal(gain=1.4)",
        "mlp; sin; critical(bias_variance=0.05)",
        "mlp; selu; by_role(hidden=lecun_truncated_normal, bias=normal(stddev=0.2))",
        "mlp; erf; ntk",
        "residual_mlp; relu; depth_scaled",
        "residual_mlp; tanh; glorot_normal",
        "gated_residual_mlp; elu; skipinit(gate=0.5)",
      })
  void networksDoWhatTheoryExpects(String architecture, String activation, String scheme) {
    Trial first =
        trial(METRICS, "architecture", architecture, "activation", activation, "scheme", scheme);
    List<TrialResult> results = new ArrayList<>();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      results.add(
          Trials.run(Trial.of(first.study(), first.cell(), repeat, first.seed(), first.measure())));
    }
    List<Measurement> predicted = predicted(results.get(0));
    assertThat(predicted).hasSizeGreaterThan(20);
    int layers = predicted.stream().mapToInt(Measurement::layer).max().orElseThrow();
    for (Measurement theory : predicted) {
      String metric = theory.metric().substring("predicted/".length());
      int layer = theory.layer();
      if (metric.endsWith("log_std")) {
        continue;
      }
      double measured =
          results.stream()
              .mapToDouble(result -> Trials.value(result, metric, 0, layer))
              .average()
              .orElseThrow();
      double spread = 20.0 / WIDTH + 2.0 / (layer == layers ? 10 : WIDTH);
      double most = 5 * Math.abs(theory.value()) * Math.sqrt(spread / REPEATS);
      if (metric.equals("correlation") || metric.endsWith("/mean")) {
        most = 5 / Math.sqrt((layer == layers ? 10 : WIDTH) * REPEATS);
      }
      assertThat(measured)
          .as("%s, layer %s", metric, layer)
          .isCloseTo(theory.value(), within(most));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"glorot_normal; 1", "orthogonal; 0.3"})
  void spectraAreThoseOfFreeProducts(String scheme, double most) {
    TrialResult result =
        run(List.of("jacobian_spectrum"), "scheme", scheme, "activation", "tanh", "width", "250");
    double variance = Trials.value(result, "predicted/jacobian_spectrum/variance", 0, 0);
    double mean = Trials.value(result, "predicted/jacobian_spectrum/mean", 0, 0);
    assertThat(Trials.value(result, "jacobian_spectrum/mean", 0, 0))
        .isCloseTo(mean, within(mean * 5 / Math.sqrt(250)));
    // Of the order of a mean squared: three for three layers of independent weights, and nearly 0.
    assertThat(Trials.value(result, "jacobian_spectrum/variance", 0, 0))
        .isCloseTo(variance, within(mean * mean * most));
    assertThat(variance / mean / mean).isBetween(most == 1 ? 3 : 0.0, most == 1 ? 4.0 : 0.5);
    for (int layer = 2; layer <= 4; layer++) {
      double own = Trials.value(result, "predicted/jacobian_spectrum/mean", 0, layer);
      assertThat(Trials.value(result, "jacobian_spectrum/mean", 0, layer))
          .isCloseTo(own, within(own * 5 / Math.sqrt(250)));
    }
  }

  /** The whole Jacobian of a residual stack, multiplied out with another library's algebra. */
  @Test
  @Tag("slow")
  void spectraCountSumsAndGates() throws Exception {
    String[] changes = {
      "architecture", "gated_residual_mlp", "scheme", "skipinit(gate=0.5)", "depth", "3",
      "width", "17", "activation", "tanh", "probe_examples", "1",
    };
    TrialResult result = Trials.run(Trials.of(List.of("jacobian_spectrum"), List.of(0L), changes));
    Setup setup =
        Setup.of(
            Trials.of(List.of(), List.of(), changes),
            Datasets.MNIST_6K.load(java.util.Optional.empty()));
    List<float[]> kernels = setup.first().kernels();
    RealMatrix stream = row(setup.heldOut(1).x()).multiply(matrix(kernels.get(0), 784, 17));
    RealMatrix whole = new Array2DRowRealMatrix(17, 17);
    for (int i = 0; i < 17; i++) {
      whole.setEntry(i, i, 1);
    }
    for (int block = 0; block < 3; block++) {
      RealMatrix w = matrix(kernels.get(1 + 2 * block), 17, 17);
      RealMatrix v = matrix(kernels.get(2 + 2 * block), 17, 17);
      RealMatrix s = stream.multiply(w);
      RealMatrix slopes = new Array2DRowRealMatrix(17, 17);
      RealMatrix z = s.copy();
      for (int i = 0; i < 17; i++) {
        slopes.setEntry(i, i, 0.5 * Activation.TANH.slope(s.getEntry(0, i)));
        z.setEntry(0, i, Math.tanh(s.getEntry(0, i)));
      }
      whole = whole.add(whole.multiply(w).multiply(slopes).multiply(v));
      stream = stream.add(z.multiply(v).scalarMultiply(0.5));
    }
    double[] squares =
        Arrays.stream(new SingularValueDecomposition(whole).getSingularValues())
            .map(x -> x * x)
            .toArray();
    double mean = Arrays.stream(squares).average().orElseThrow();
    assertThat(Trials.value(result, "jacobian_spectrum/mean", 0, 0))
        .isCloseTo(mean, within(1e-5 * mean));
    assertThat(Trials.value(result, "jacobian_spectrum/max", 0, 0))
        .isCloseTo(squares[0], within(1e-5 * squares[0]));
    assertThat(Trials.value(result, "jacobian_spectrum/min", 0, 0))
        .isCloseTo(squares[16], within(1e-5));
  }

  private static RealMatrix row(float[] x) {
    return matrix(x, 1, x.length);
  }

  private static RealMatrix matrix(float[] values, int rows, int columns) {
    RealMatrix matrix = new Array2DRowRealMatrix(rows, columns);
    for (int i = 0; i < values.length; i++) {
      matrix.setEntry(i / columns, i % columns, values[i]);
    }
    return matrix;
  }

  @ParameterizedTest
  @ValueSource(strings = {"looks_linear", "sparse", "padded_identity", "jax:he_normal(seed=3)"})
  void whereThereIsNoTheoryThereIsNoRow(String scheme) {
    assertThat(predicted(run(METRICS, "scheme", scheme, "width", "64", "activation", "relu")))
        .isEmpty();
  }

  @Test
  void weightsThatLookedAtDataHaveNoPrediction() {
    assertThat(predicted(run(METRICS, "calibrator", "lsuv", "width", "32"))).isEmpty();
  }

  @Test
  void theoryIsToldOnceBeforeTraining() {
    TrialResult result =
        Trials.run(Trials.of(List.of("length"), List.of(0L, 5L), "steps", "5", "width", "16"));
    assertThat(predicted(result)).isNotEmpty().allMatch(m -> m.step() == 0);
    TrialResult late =
        Trials.run(Trials.of(List.of("length"), List.of(5L), "steps", "5", "width", "16"));
    assertThat(predicted(late)).isEmpty();
  }

  @Test
  void lengthsBeyondAllNumbersHaveNoPrediction() {
    TrialResult result =
        run(List.of("length"), "scheme", "normal(stddev=1e100)", "activation", "relu");
    assertThat(predicted(result)).allMatch(m -> Double.isFinite(m.value())).isNotEmpty();
    assertThat(Trials.value(result, "length", 0, 4)).isNaN();
  }

  @Test
  void theGradientQuotientIsThatOfTheProbe() {
    TrialResult result =
        Trials.run(Trials.of(List.of("gradient_quotient"), List.of(0L, 3L), "steps", "3"));
    double before = Trials.value(result, "gradient_quotient", 0, 0);
    assertThat(before).isBetween(0.01, 100.0);
    assertThat(Trials.value(result, "gradient_quotient", 3, 0)).isNotEqualTo(before).isPositive();
  }
}
