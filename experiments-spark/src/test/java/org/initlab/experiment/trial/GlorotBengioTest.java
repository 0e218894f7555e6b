package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.experiment.TrialResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What Glorot and Bengio 2010 say of five layers of 1000 tanh units before training, on their own
 * data, with 300 test examples. The intervals are those of an independent run in another language.
 */
@Tag("slow")
class GlorotBengioTest {

  private static TrialResult initialization(String scheme) {
    return Trials.run(
        Trials.of(
            List.of("activation_moments", "gradient_moments", "jacobian_singular_values"),
            List.of(0L),
            "dataset",
            "shapeset-3x2",
            "scheme",
            scheme,
            "depth",
            "5",
            "width",
            "1000",
            "probe_examples",
            "300"));
  }

  private static double[] layers(TrialResult result, String metric, int from) {
    return IntStream.rangeClosed(from, 5)
        .mapToDouble(layer -> Trials.value(result, metric, 0, layer))
        .toArray();
  }

  /** Over two images only, so the second layer's moves with their brightness; the mean hardly. */
  private static double jacobians(TrialResult result) {
    return Arrays.stream(layers(result, "jacobian_singular_values", 2)).average().orElseThrow();
  }

  private static double spread(double[] values) {
    return Arrays.stream(values).max().orElseThrow() / Arrays.stream(values).min().orElseThrow();
  }

  @Test
  void theStandardInitializationShrinksEveryLayerAlike() {
    TrialResult result = initialization("standard");
    double[] std = layers(result, "activation_moments/std", 1);
    for (int i = 1; i < 5; i++) {
      assertThat(std[i] / std[i - 1]).isBetween(0.577 - 0.03, 0.577 + 0.03);
    }
    double[] back = layers(result, "gradient_moments/preactivation_std", 1);
    assertThat(back[0] / back[4]).isLessThan(0.12);
    assertThat(spread(layers(result, "gradient_moments/weight_std", 1))).isLessThan(1.1);
    assertThat(jacobians(result)).isBetween(0.47, 0.50);
  }

  @Test
  void theNormalizedInitializationKeepsActivationsAndGradients() {
    TrialResult result = initialization("glorot_uniform");
    double[] std = layers(result, "activation_moments/std", 1);
    assertThat(std[4] / std[0]).isGreaterThan(0.55);
    double[] back = layers(result, "gradient_moments/preactivation_std", 1);
    assertThat(back[0] / back[4]).isGreaterThan(0.55);
    assertThat(jacobians(result)).isBetween(0.72, 0.82);
  }
}
