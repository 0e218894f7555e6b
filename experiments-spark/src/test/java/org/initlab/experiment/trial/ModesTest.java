package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.TrialResult;
import org.initlab.init.named.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exact solution beside networks that learn, from decoupled weights and from others. */
class ModesTest {

  private static final String DECOUPLED = "decoupled(start=0.001, examples=32)";

  private static TrialResult run(String... changes) {
    String[] own = {
      "dataset",
      "feature-tree",
      "loss",
      "squared_error",
      "test_examples",
      "32",
      "probe_examples",
      "32",
      "batch",
      "32",
      "steps",
      "700",
      "learning_rate",
      "0.016",
      "depth",
      "1",
      "width",
      "32",
      "activation",
      "identity",
      "scheme",
      "bias_free(base=orthogonal)",
      "calibrator",
      DECOUPLED
    };
    String[] all = new String[own.length + changes.length];
    System.arraycopy(own, 0, all, 0, own.length);
    System.arraycopy(changes, 0, all, own.length, changes.length);
    return Trials.run(
        Trials.of(
            List.of("mode_strength"),
            LongStream.rangeClosed(0, 70).mapToObj(i -> 10 * i).toList(),
            all));
  }

  private static double[] values(TrialResult result, String metric, long step) {
    return result.measurements().stream()
        .filter(m -> m.metric().equals(metric) && (m.step() == step || step < 0))
        .sorted(java.util.Comparator.comparingInt(Measurement::bin))
        .mapToDouble(Measurement::value)
        .toArray();
  }

  @Test
  void aDecoupledNetworkDoesWhatTheExactSolutionSays() {
    TrialResult result = run();
    double[] start = values(result, "mode_strength", 0);
    double[] half = values(result, "mode_strength/half_time", -1);
    double[] predicted = values(result, "predicted/mode_strength/half_time", 0);
    double[] target = values(result, "mode_strength/target", 0);
    assertThat(start).hasSize(32);
    assertThat(half).hasSize(32).isSorted();
    for (int i = 0; i < 32; i++) {
      assertThat(start[i]).isCloseTo(0.001, within(1e-7));
      assertThat(half[i]).isCloseTo(predicted[i], within(0.03 * predicted[i]));
      for (long step = 0; step <= 700; step += 100) {
        assertThat(values(result, "mode_strength", step)[i])
            .isCloseTo(
                values(result, "predicted/mode_strength", step)[i], within(0.06 * target[i]));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 40", "3, 32", "1, 20"})
  void theProductOfItsKernelsHasEveryModeThatFits(int depth, int width) {
    TrialResult result =
        run(
            "depth",
            "" + depth,
            "width",
            "" + width,
            "scheme",
            "bias_free(base=he_normal)",
            "steps",
            "0");
    double[] start = values(result, "mode_strength", 0);
    for (int i = 0; i < 32; i++) {
      assertThat(start[i]).isCloseTo(i < width ? 0.001 : 0, within(1e-7));
    }
    assertThat(values(result, "predicted/mode_strength", 0)).hasSize(depth == 1 ? width : 0);
  }

  /** Each of these breaks what the exact solution is about. */
  @ParameterizedTest
  @CsvSource({
    "activation, tanh",
    "scheme, orthogonal",
    "optimizer, adam",
    "schedule, cosine",
    "weight_decay, 0.1",
    "depth, 2"
  })
  void whereThereIsNoTheoryThereIsNoRow(String key, String value) {
    TrialResult result = run(key, value, "steps", "0");
    assertThat(values(result, "mode_strength", 0)).hasSize(32);
    assertThat(values(result, "predicted/mode_strength", 0)).isEmpty();
  }

  @Test
  void biasesOfABiasFreeNetworkStay0() throws Exception {
    var trial = Trials.of(List.of(), List.of(), "scheme", "bias_free", "steps", "20");
    var setup = Setup.of(trial, Datasets.MNIST_6K.load(java.util.Optional.empty()));
    assertThat(setup.sites()).allMatch(site -> setup.rates(site).bias() == 0);
    assertThat(setup.steadyRate()).hasValue(0.1);
  }

  @Test
  void whatCannotBeDecoupledIsRefused() {
    var residual =
        Trials.of(List.of(), List.of(), "architecture", "residual_mlp", "calibrator", DECOUPLED);
    assertThat(Engines.objection(residual).orElseThrow()).contains("Maybe architecture mlp.");
    var relu = Trials.of(List.of(), List.of(), "activation", "relu", "calibrator", DECOUPLED);
    assertThat(Engines.objection(relu).orElseThrow())
        .contains("relu gives")
        .contains("Maybe identity");
    assertThatThrownBy(() -> Named.calibrator("decoupled(start=0)"))
        .hasMessageContaining("decoupled: start must be a finite number above 0");
    assertThatThrownBy(() -> run("scheme", "zeros", "steps", "0"))
        .hasMessageContaining("the kernel drawn for layer/1 sends mode 1 nowhere");
  }
}
