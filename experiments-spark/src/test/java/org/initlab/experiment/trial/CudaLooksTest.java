package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Need;
import org.initlab.experiment.Trial;
import org.initlab.experiment.metric.Metrics;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The metrics that a GPU finds itself, all that the table has, against the CPU. */
class CudaLooksTest {

  private static final int SHARED = 227 * 1024;

  private static final Measure ALL =
      new Measure(Metrics.names(), List.of(0L, 5L), Map.of("loss", 100.0, "error", 0.95));

  /** Those that ask for more than the network as such. */
  private static final List<Metrics> FOUND =
      Arrays.stream(Metrics.values())
          .filter(metric -> !needs(metric).equals(Set.of(Need.NETWORK)))
          .toList();

  private static Set<Need> needs(Metrics metric) {
    return metric.create(ALL).needs();
  }

  private static Trial trial(String... changes) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("test_examples", "61", "probe_examples", "37", "width", "33"));
    all.addAll(List.of("validation_examples", "20"));
    all.addAll(List.of(changes));
    return Trials.of(ALL, all.toArray(String[]::new));
  }

  private static UnaryOperator<float[]> times(float factor) {
    return kernel -> {
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] *= factor;
      }
      return kernel;
    };
  }

  private static Looked assertAgrees(Trial trial, UnaryOperator<float[]> later, String what)
      throws Exception {
    Looked looked = Looked.of(trial, FOUND, SHARED, later);
    looked.assertAgrees(what);
    assertThat(looked.brought()).as(what).isZero();
    return looked;
  }

  @Test
  void theTableHasMetricsThatAGpuFinds() {
    assertThat(FOUND)
        .contains(
            Metrics.LOSS,
            Metrics.ERROR,
            Metrics.VALIDATION_LOSS,
            Metrics.VALIDATION_ERROR,
            Metrics.ACTIVATION_MOMENTS,
            Metrics.GRADIENT_MOMENTS,
            Metrics.LENGTH,
            Metrics.SATURATION,
            Metrics.DEAD_UNITS,
            Metrics.STEPS_TO_TARGET);
  }

  /** Each by itself: what it says that it needs is all that is found for it. */
  @ParameterizedTest
  @EnumSource(Metrics.class)
  void weightsAreBroughtForThoseThatSaySoAlone(Metrics metric) throws Exception {
    Looked looked = Looked.of(trial("depth", "3"), List.of(metric), SHARED, times(1));

    looked.assertAgrees(metric.title());
    assertThat(looked.brought() > 0).isEqualTo(needs(metric).contains(Need.NETWORK));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyActivationAgrees(Activation activation) throws Exception {
    for (Loss loss : Loss.values()) {
      Trial trial = trial("activation", activation.title(), "loss", loss.title());
      assertAgrees(trial, times(1.5f), activation + " " + loss);
    }
  }

  /** Odd widths, more and fewer layers, probes of one example, of a part, and beyond. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "5, 65, 2, 16", "3, 7, 17, 40", "1, 129, 64, 100", "20, 16, 5, 3"})
  void shapesOfAllKindsAgree(String depth, String width, String probe, String test)
      throws Exception {
    Trial trial =
        trial("depth", depth, "width", width, "probe_examples", probe, "test_examples", test);

    assertAgrees(trial, times(1.2f), trial.cell().toString());
  }

  /**
   * Networks whose answers are all alike, or where much is at its bounds or dead, or all is tiny.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 0",
    "relu, 1",
    "tanh, 30",
    "sigmoid, 100",
    "hard_tanh, 10",
    "gelu, 1e-6",
    "elu, 5"
  })
  void networksFarFromHealthyAgree(String activation, float factor) throws Exception {
    Trial trial = trial("activation", activation, "depth", "3", "scheme", "he_normal");
    Looked looked = assertAgrees(trial, times(factor), activation + " times " + factor);

    if (activation.equals("hard_tanh")) {
      assertThat(looked.ours())
          .filteredOn(m -> m.metric().equals("dead_units"))
          .anyMatch(m -> m.value() > 0);
    }
  }

  /** As a network is just before its loss is no number, and behind that. */
  @ParameterizedTest
  @CsvSource({
    "tanh, NaN, 3",
    "relu, NaN, 40",
    "relu, Infinity, 5",
    "tanh, Infinity, 5",
    "selu, 1e38, 7",
    "sin, Infinity, 1",
    "relu, -Infinity, 11",
    "hard_tanh, NaN, 12",
    "softsign, 3e38, 1"
  })
  void networksThatAreNoNumbersAgree(String activation, float number, int every) throws Exception {
    UnaryOperator<float[]> spoiled =
        kernel -> {
          for (int i = 0; i < kernel.length; i += every) {
            kernel[i] = number;
          }
          return kernel;
        };

    assertAgrees(trial("activation", activation), spoiled, number + " in " + activation);
  }

  /** The costs of 600 examples have no room in so little of a block's memory. */
  @Test
  void aProbeThatIsTooLargeIsForTheCpu() throws Exception {
    int little = Looked.THREADS * 16 * Float.BYTES + 64;
    Trial trial = trial("probe_examples", "600");
    List<Metrics> ofProbes =
        List.of(Metrics.GRADIENT_MOMENTS, Metrics.SATURATION, Metrics.DEAD_UNITS);

    Looked looked = Looked.of(trial, ofProbes, little, times(1));
    assertThat(looked.ours()).isEqualTo(looked.theirs());
    assertThat(looked.brought()).isEqualTo(2);
    assertThat(Looked.of(trial, List.of(Metrics.LOSS), little, times(1)).brought()).isZero();
  }

  /** Beside gradients, theory starts at the output's: before training they come, and no weights. */
  @Test
  void predictionsBeforeTrainingNeedNoWeights() throws Exception {
    List<String> names = List.of("loss", "length", "activation_moments", "gradient_moments");
    Trial trial =
        Trials.of(names, List.of(0L), "depth", "3", "test_examples", "10", "probe_examples", "50");
    Looked looked = Looked.of(trial, List.of(), SHARED, times(1));

    looked.assertAgrees("predictions");
    assertThat(looked.ours())
        .extracting(Measurement::metric)
        .contains("predicted/gradient_moments/preactivation_std", "predicted/length");
    assertThat(looked.brought()).isZero();
  }
}
