package org.initlab.experiment.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.init.Activation;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Site;
import org.initlab.init.Tensors;
import org.initlab.init.WeightEnsemble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {

  /** Two hidden layers of two units; numbers are chosen so that answers are known by hand. */
  private record Known(
      long step, double heldOutLoss, float[] activations, float[] weights, float[] s)
      implements Snapshot {

    Known(long step, double heldOutLoss, float[] activations, float[] weights) {
      this(step, heldOutLoss, activations, weights, new float[] {0, 0, 0, 2});
    }

    @Override
    public int layers() {
      return 3;
    }

    @Override
    public Activation activation() {
      return Activation.HARD_TANH;
    }

    @Override
    public Activation activation(int layer) {
      return layer == 3 ? Activation.IDENTITY : Activation.HARD_TANH;
    }

    @Override
    public OptionalInt skip(int layer) {
      return OptionalInt.empty();
    }

    @Override
    public double gate(int layer) {
      return 1;
    }

    @Override
    public Optional<WeightEnsemble> kernelEnsemble(int layer) {
      return Optional.of(WeightEnsemble.independent(0.5));
    }

    @Override
    public Optional<WeightEnsemble> biasEnsemble(int layer) {
      return Optional.of(WeightEnsemble.independent(0.25));
    }

    @Override
    public float[] inputs() {
      return new float[] {1, 1, 0, 2};
    }

    @Override
    public LiveNetwork live() {
      return new Parabola();
    }

    @Override
    public double heldOutError() {
      return 0.25;
    }

    @Override
    public double validationLoss() {
      return 3;
    }

    @Override
    public double validationError() {
      return 0.75;
    }

    @Override
    public double trainingLoss() {
      return 1.5;
    }

    @Override
    public int units(int layer) {
      return 2;
    }

    @Override
    public int probeExamples() {
      return 2;
    }

    @Override
    public float[] targets() {
      return new float[] {1, 0, 0, 3};
    }

    @Override
    public OptionalDouble steadyRate() {
      return OptionalDouble.of(0.5);
    }

    @Override
    public float[] weights(int layer) {
      return weights;
    }

    @Override
    public float[] preActivations(int layer) {
      return s;
    }

    @Override
    public float[] activations(int layer) {
      return activations;
    }

    @Override
    public float[] preActivationGradients(int layer) {
      return new float[] {1, 2, 3, 4};
    }

    @Override
    public float[] weightGradients(int layer) {
      return new float[] {-1, 1, -1, 1};
    }
  }

  /** The loss w1^2 / 4 + w2, at (3, 1): its gradient is (w1 / 2, 1), its Hessian diag(1/2, 0). */
  private record Parabola() implements LiveNetwork {

    @Override
    public List<Site> sites() {
      return List.of(Site.dense(1, 1));
    }

    @Override
    public Tensors parameters() {
      return new Tensors(List.of(new double[] {3}, new double[] {1}));
    }

    @Override
    public void set(Tensors parameters) {
      throw new UnsupportedOperationException("a metric changes nothing");
    }

    @Override
    public double[] outputs(Site site, Probe probe) {
      throw new UnsupportedOperationException("a metric asks for slopes alone");
    }

    @Override
    public Slope slope(Tensors at, Probe probe) {
      double w = at.parts().get(0)[0];
      return new Slope(
          w * w / 4 + at.parts().get(1)[0],
          new Tensors(List.of(new double[] {w / 2}, new double[] {1})));
    }
  }

  private static final Measure NOTHING = new Measure(List.of(), List.of(), Map.of());

  private static Known at(long step) {
    return new Known(step, 2, new float[] {-1, -0.5f, 0.5f, 1}, new float[] {3, 0, 0, 4});
  }

  private static Map<String, Double> rows(Metric metric, Snapshot at) {
    Map<String, Double> rows = new TreeMap<>();
    metric.measure(
        at,
        (name, layer, bin, value) ->
            assertThat(rows.put(name + " " + layer + " " + bin, value)).isNull());
    return rows;
  }

  private static Map<String, Double> rows(Metrics row, Snapshot at) {
    return rows(row.create(NOTHING), at);
  }

  @ParameterizedTest
  @EnumSource(Metrics.class)
  void everyRowNamesItselfAndItsNumbers(Metrics row) {
    Metric metric = row.create(NOTHING);
    assertThat(metric.name()).isEqualTo(row.title());
    assertThat(metric.says()).hasSizeGreaterThan(20);
    assertThat(Arrays.stream(Metrics.values()).map(m -> m.create(NOTHING).says()))
        .as("what each says, once")
        .doesNotHaveDuplicates();
    assertThat(Metrics.named(row.title())).isEqualTo(row);
    assertThat(rows(metric, at(1)).keySet())
        .allSatisfy(name -> assertThat(name.split("[ /]")[0]).isEqualTo(row.title()));
  }

  @Test
  void lossAndError() {
    assertThat(rows(Metrics.LOSS, at(0))).isEqualTo(Map.of("loss 0 -1", 2.0));
    assertThat(rows(Metrics.LOSS, at(3)))
        .isEqualTo(Map.of("loss 0 -1", 2.0, "loss/train 0 -1", 1.5));
    assertThat(rows(Metrics.ERROR, at(0))).isEqualTo(Map.of("error 0 -1", 0.25));
    assertThat(rows(Metrics.VALIDATION_LOSS, at(0))).isEqualTo(Map.of("validation_loss 0 -1", 3.0));
    assertThat(rows(Metrics.VALIDATION_ERROR, at(0)))
        .isEqualTo(Map.of("validation_error 0 -1", 0.75));
  }

  @Test
  void moments() {
    Map<String, Double> z = rows(Metrics.ACTIVATION_MOMENTS, at(0));
    assertThat(z).hasSize(6);
    assertThat(z.get("activation_moments/mean 1 -1")).isZero();
    assertThat(z.get("activation_moments/std 2 -1")).isEqualTo(Math.sqrt(0.625));
    assertThat(z.get("activation_moments/second_moment 2 -1")).isEqualTo(0.625);
    Map<String, Double> g = rows(Metrics.GRADIENT_MOMENTS, at(0));
    assertThat(g).hasSize(12);
    assertThat(g.get("gradient_moments/preactivation_mean 3 -1")).isEqualTo(2.5);
    assertThat(g.get("gradient_moments/preactivation_std 3 -1")).isEqualTo(Math.sqrt(1.25));
    assertThat(g.get("gradient_moments/weight_mean 1 -1")).isZero();
    assertThat(g.get("gradient_moments/weight_std 1 -1")).isEqualTo(1);
  }

  @Test
  void saturationIsTheValueOfRank98Percent() {
    float[] z = new float[200];
    for (int i = 0; i < z.length; i++) {
      z[i] = (i % 2 == 0 ? 1 : -1) * (i + 1) / 200f;
    }
    assertThat(rows(Metrics.SATURATION, new Known(0, 2, z, new float[4])))
        .containsEntry("saturation 1 -1", (double) (196 / 200f))
        .hasSize(2);
  }

  @Test
  void histogramsHoldEverythingThatIsANumber() {
    float[] z = {-9, -1, -0.99f, 0, 0.999f, 1, Float.POSITIVE_INFINITY, Float.NaN};
    Map<String, Double> rows = rows(Metrics.ACTIVATION_HISTOGRAM, new Known(0, 2, z, new float[4]));
    assertThat(rows).hasSize(2 + 2 * 64);
    assertThat(rows).containsEntry("activation_histogram/low 0 -1", -1.0);
    assertThat(rows).containsEntry("activation_histogram/high 0 -1", 1.0);
    assertThat(rows).containsEntry("activation_histogram 1 0", 3 / 8.0);
    assertThat(rows).containsEntry("activation_histogram 1 32", 1 / 8.0);
    assertThat(rows).containsEntry("activation_histogram 1 63", 3 / 8.0);
  }

  @Test
  void singularValuesOfAKnownJacobian() {
    // diag(3, 4) with both slopes 1, then with the second unit beyond the kink.
    double expected = ((3 + 4) / 2.0 + (3 + 0) / 2.0) / 2;
    assertThat(rows(Metrics.JACOBIAN_SINGULAR_VALUES, at(0)).get("jacobian_singular_values 2 -1"))
        .isCloseTo(expected, within(1e-6));
    Known broken = new Known(0, 2, new float[4], new float[] {1, Float.NaN, 0, 1});
    assertThat(rows(Metrics.JACOBIAN_SINGULAR_VALUES, broken))
        .containsEntry("jacobian_singular_values 2 -1", Double.NaN);
  }

  private static Known of(float... s) {
    return new Known(0, 2, new float[] {-1, -0.5f, 0.5f, 1}, new float[] {3, 0, 0, 4}, s);
  }

  private static void near(Map<String, Double> rows, String row, double value) {
    assertThat(rows.get(row)).as(row).isCloseTo(value, within(1e-12));
  }

  @Test
  void lengthAndCorrelationAreNotCentred() {
    Map<String, Double> q = rows(Metrics.LENGTH, of(1, 2, 3, 4));
    assertThat(q).hasSize(3);
    near(q, "length 3 -1", (1 + 4 + 9 + 16) / 4.0);
    Map<String, Double> c = rows(Metrics.CORRELATION, of(1, 2, 3, 4));
    assertThat(c).hasSize(3);
    near(c, "correlation 1 -1", (3 + 8) / Math.sqrt(5 * 25));
    assertThat(rows(Metrics.CORRELATION, of(0, 0, 3, 4)))
        .containsEntry("correlation 2 -1", Double.NaN);
  }

  @Test
  void chi1IsTheMeanSquaredSingularValue() {
    // Columns of the kernel have squares 9 and 16; the second slope of the second example is 0.
    Map<String, Double> rows = rows(Metrics.CHI1, at(0));
    assertThat(rows).hasSize(2);
    near(rows, "chi1 1 -1", ((9 + 16) / 2.0 + 9 / 2.0) / 2);
  }

  @Test
  void theSpectrumOfAKnownJacobian() {
    Map<String, Double> rows = rows(Metrics.JACOBIAN_SPECTRUM, at(0));
    assertThat(rows).hasSize(8);
    for (int layer : new int[] {2, 0}) { // of two hidden layers, the stack is the second one
      near(rows, "jacobian_spectrum/mean " + layer + " -1", (12.5 + 4.5) / 2);
      near(rows, "jacobian_spectrum/variance " + layer + " -1", (3.5 * 3.5 + 4.5 * 4.5) / 2);
      near(rows, "jacobian_spectrum/max " + layer + " -1", (16 + 9) / 2.0);
      near(rows, "jacobian_spectrum/min " + layer + " -1", (9 + 0) / 2.0);
    }
    Known broken = new Known(0, 2, new float[4], new float[] {1, Float.NaN, 0, 1});
    assertThat(rows(Metrics.JACOBIAN_SPECTRUM, broken).values()).containsOnly(Double.NaN);
  }

  @Test
  void theProductOfHiddenKernelsIsTakenApart() {
    // The only kernel between hidden layers is [1, 2; -2, 1] times 3: singular values 3 sqrt(5).
    Known turn = new Known(0, 2, new float[4], new float[] {3, -6, 6, 3});
    Map<String, Double> rows = rows(Metrics.PRODUCT_SPECTRUM, turn);
    assertThat(rows).hasSize(8);
    near(rows, "product_spectrum/singular_value 0 0", 3 * Math.sqrt(5));
    near(rows, "product_spectrum/singular_value 0 1", 3 * Math.sqrt(5));
    near(rows, "product_spectrum/eigenvalue_real 0 1", 3);
    near(rows, "product_spectrum/eigenvalue_imaginary 0 0", 6);
    near(rows, "product_spectrum/eigenvalue_imaginary 0 1", -6);
    near(rows, "product_spectrum/eigenvalue_modulus 0 1", 3 * Math.sqrt(5));
    for (float[] bad : List.of(new float[] {1, Float.NaN, 0, 1}, new float[] {1, 0, 0, 0})) {
      assertThat(rows(Metrics.PRODUCT_SPECTRUM, new Known(0, 2, new float[4], bad)).values())
          .hasSize(8)
          .containsOnly(Double.NaN);
    }
    // Two units of variance 1/2: a quarter of the unit disc has moduli below 1/2.
    Metric theory =
        Metrics.of(new Measure(List.of("product_spectrum"), List.of(0L), Map.of())).get(1);
    Map<String, Double> predicted = rows(theory, turn);
    assertThat(predicted).hasSize(4);
    near(predicted, "predicted/product_spectrum/eigenvalue_modulus 0 1", 0.5);
    assertThat(rows(theory, new Known(1, 2, new float[4], new float[4]))).isEmpty();
  }

  @Test
  void theEffectiveRankOfAKnownMatrix() {
    // Singular values 3/2 and 1/2.
    double entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    near(rows(Metrics.EFFECTIVE_RANK, at(0)), "effective_rank 1 -1", Math.exp(entropy));
    Known alike = new Known(0, 2, new float[] {1, 2, 2, 4}, new float[4]);
    assertThat(rows(Metrics.EFFECTIVE_RANK, alike).get("effective_rank 2 -1"))
        .isCloseTo(1, within(1e-6));
    assertThat(rows(Metrics.EFFECTIVE_RANK, new Known(0, 2, new float[4], new float[4])))
        .containsEntry("effective_rank 1 -1", Double.NaN);
  }

  @Test
  void aUnitIsDeadIfNoExamplePassesIt() {
    assertThat(rows(Metrics.DEAD_UNITS, of(2, 0, -3, 0)))
        .isEqualTo(Map.of("dead_units 1 -1", 0.5, "dead_units 2 -1", 0.5));
    assertThat(rows(Metrics.DEAD_UNITS, of(2, 0, 0.5f, 0))).containsEntry("dead_units 1 -1", 0.0);
    assertThat(rows(Metrics.DEAD_UNITS, of(2, Float.NaN, 2, 0)))
        .containsEntry("dead_units 1 -1", Double.NaN);
  }

  @Test
  void theGradientQuotientIsThatOfTheCalibrators() {
    // g = (3/2, 1), H g = (3/4, 0).
    double expected = (Math.abs(0.75 / (1.5 + 1e-5) - 1) + Math.abs(1 / (1 + 1e-5) - 1)) / 2;
    assertThat(rows(Metrics.GRADIENT_QUOTIENT, at(0)).get("gradient_quotient 0 -1"))
        .isCloseTo(expected, within(1e-8));
  }

  @Test
  void normsOfWeightsAndOfTheirUpdates() {
    Metric metric = Metrics.WEIGHT_NORM.create(NOTHING);
    assertThat(rows(metric, at(0)))
        .isEqualTo(
            Map.of("weight_norm 1 -1", 5.0, "weight_norm 2 -1", 5.0, "weight_norm 3 -1", 5.0));
    Known later = new Known(10, 2, new float[4], new float[] {3, 0, 3, 8});
    Map<String, Double> rows = rows(metric, later);
    assertThat(rows).hasSize(9);
    near(rows, "weight_norm 2 -1", Math.sqrt(82));
    near(rows, "weight_norm/update 2 -1", 5 / 10.0);
    near(rows, "weight_norm/update_ratio 2 -1", 0.5 / Math.sqrt(82));
  }

  @Test
  void modesOfAKnownCorrelation() {
    // sum x y^T = ((1, 0), (1, 6)): the squares of its singular values add up to 38, their product
    // is 6.
    Metric metric = Metrics.MODE_STRENGTH.create(NOTHING);
    Map<String, Double> rows = rows(metric, of(0, 0, 0, 0));
    assertThat(rows).hasSize(4);
    double s1 = rows.get("mode_strength/target 0 1");
    double s2 = rows.get("mode_strength/target 0 2");
    assertThat(s1 * s1 + s2 * s2).isCloseTo(38, within(1e-12));
    assertThat(s1 * s2).isCloseTo(6, within(1e-12));
    assertThat(s1).isGreaterThan(s2);
    near(rows, "mode_strength 0 1", 0);
    float[] wanted = {1, 0, 0, 3};
    Map<String, Double> learned = rows(metric, new Known(10, 2, wanted, wanted, wanted));
    assertThat(learned).hasSize(4);
    near(learned, "mode_strength 0 1", s1);
    near(learned, "mode_strength 0 2", s2);
    near(learned, "mode_strength/half_time 0 1", 5);
    assertThat(rows(metric, of(0, 0, 0, 0))).doesNotContainKey("mode_strength/half_time 0 1");
    assertThat(rows(metric, new Known(30, 2, wanted, wanted, wanted))).hasSize(2); // told once
  }

  @Test
  void coordinatesAreComparedWithStepZero() {
    Metric metric = Metrics.COORDINATE_CHECK.create(NOTHING);
    assertThat(rows(metric, at(0))).isEmpty();
    Known later =
        new Known(3, 2, new float[] {-1, 0.5f, 0.5f, 4}, new float[4], new float[] {4, 0, 0, 2});
    Map<String, Double> rows = rows(metric, later);
    assertThat(rows).hasSize(6);
    near(rows, "coordinate_check 1 -1", (0 + 1 + 0 + 3) / 4.0);
    near(rows, "coordinate_check/std 1 -1", Math.sqrt((1 + 9) / 4.0));
    near(rows, "coordinate_check 3 -1", 1); // the outputs s, from (0, 0, 0, 2)
    assertThat(rows(Metrics.COORDINATE_CHECK.create(NOTHING), later)).isEmpty();
  }

  @Test
  void predictionsGoWithWhatIsMeasured() {
    Measure none = new Measure(List.of("loss", "saturation"), List.of(0L), Map.of());
    Metric theory = Metrics.of(none).get(2);
    assertThat(theory.name()).isEqualTo("predicted");
    assertThat(rows(theory, at(0))).isEmpty();
    Metric lengths = Metrics.of(new Measure(List.of("length"), List.of(0L), Map.of())).get(1);
    Map<String, Double> rows = rows(lengths, at(0));
    // Two units of variance 1/2: q = 1 p + 1/4, with inputs of mean square 1 and 2.
    near(rows, "predicted/length 1 -1", 1.5 + 0.25);
    assertThat(rows).containsKey("predicted/length 3 -1").hasSize(6);
  }

  @Test
  void aTargetIsReachedAtTheFirstStepAtOrBelowIt() {
    Metric metric =
        Metrics.STEPS_TO_TARGET.create(
            new Measure(List.of(), List.of(), Map.of("loss", 2.0, "error", 0.2)));
    assertThat(rows(metric, new Known(0, Double.NaN, new float[4], new float[4]))).isEmpty();
    assertThat(rows(metric, at(10))).isEqualTo(Map.of("steps_to_target/loss 0 -1", 10.0));
    assertThat(rows(metric, at(20))).isEmpty();
    assertThatThrownBy(
            () ->
                Metrics.STEPS_TO_TARGET.create(
                    new Measure(List.of(), List.of(), Map.of("accuracy", 1.0))))
        .hasMessageContaining("accuracy");
  }

  @Test
  void aMisspeltMetricIsNotFound() {
    assertThatThrownBy(() -> Metrics.named("saturations"))
        .hasMessageContaining("Maybe saturation.");
  }
}
