package org.initlab.experiment.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricsTest {

  /** Two hidden layers of two units; numbers are chosen so that answers are known by hand. */
  private record Known(long step, double heldOutLoss, float[] activations, float[] weights)
      implements Snapshot {

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
    public boolean hasSkip(int layer) {
      return false;
    }

    @Override
    public double heldOutError() {
      return 0.25;
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
    public float[] weights(int layer) {
      return weights;
    }

    @Override
    public float[] preActivations(int layer) {
      return new float[] {0, 0, 0, 2};
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
