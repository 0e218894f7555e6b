package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.initlab.device.ProcessBackend;
import org.junit.jupiter.api.Test;

class CostTest {

  private static final List<Long> AT = List.of(0L, 10L, 100L);

  private static Cost cost(String calibrator) {
    return Cost.of(Trials.of(List.of(), List.of(), "calibrator", calibrator));
  }

  /** Measured with plain SGD: 7 times as long at 5x32, 9 at 5x100, 13 at 5x1000. */
  @Test
  void doublePrecisionTakesSeveralTimesAsLong() {
    for (String width : List.of("32", "100", "1000")) {
      String[] arguments = {
        "precision", "float32", "depth", "5", "width", width, "steps", "1000", "engine", "auto"
      };
      Cost single = Cost.of(Trials.of(List.of(), List.of(), arguments));
      arguments[1] = "float64";
      Cost exact = Cost.of(Trials.of(List.of(), List.of(), arguments));
      assertThat(exact.flops()).isEqualTo(single.flops());
      assertThat(exact.seconds() / single.seconds()).isBetween(2.5, 14.0);
      assertThat(exact.together()).isEqualTo(1);
    }
  }

  /**
   * Of 784-[100]x5-10 on 10,000 updates of 10 and 25 snapshots of 1,000 held-out and 300 probe
   * examples, where loss and error were measured to take 11 % of the updates' time.
   */
  @Test
  void metricsTakeTheTimeOfTheExamplesThatTheyAskFor() {
    List<Long> at = LongStream.range(0, 25).boxed().toList();
    assertThat(share(at, "loss", "error")).isBetween(0.06, 0.11);
    assertThat(share(at, "activation_moments")).isBetween(0.01, 0.04);
    assertThat(share(at, "gradient_moments"))
        .isBetween(1.5 * share(at, "activation_moments"), 4 * share(at, "activation_moments"));
    assertThat(share(List.of(), "loss")).isZero();
  }

  private static double share(List<Long> at, String... metrics) {
    String[] arguments = {
      "depth",
      "5",
      "width",
      "100",
      "steps",
      "10000",
      "test_examples",
      "1000",
      "probe_examples",
      "300"
    };
    Cost cost = Cost.of(Trials.of(List.of(metrics), at, arguments));
    return cost.looking() / cost.seconds();
  }

  /** Of snapshots for which weights come back, the CPU's time is most. */
  @Test
  void aGpuLooksInLittleTimeUnlessWeightsAreAskedFor() {
    try {
      ProcessBackend.expect(ProcessBackend.codes("nd4j,ptx"));
      Cost found = Cost.of(Trials.of(List.of("loss", "gradient_moments"), AT, "steps", "100"));
      Cost brought = Cost.of(Trials.of(List.of("loss", "weight_norm"), AT, "steps", "100"));
      assertThat(found.looking()).isLessThan(brought.looking() / 10);
      assertThat(found.flops()).isEqualTo(brought.flops());
    } finally {
      ProcessBackend.expect(Set.of());
    }
  }

  @Test
  void aCalibrationThatTakesTimeIsCounted() {
    double plain = cost("none").flops();
    // 784 x 32, 32 x 32 and 32 x 10 weights, six operations each for an example there and back.
    double example = 6 * (784 * 32 + 32 * 32 + 32 * 10);
    assertThat(cost("metainit(steps=150, examples=128)").flops() - plain)
        .isCloseTo(example * 11 * 150 * 128, Offset.offset(1.0));
    assertThat(cost("gradinit(steps=390, examples=64)").flops() - plain)
        .isCloseTo(example * 4 * 390 * 64, Offset.offset(1.0));
    assertThat(cost("gradinit(steps=390, examples=64)").seconds())
        .isGreaterThan(cost("none").seconds() + 1);
    assertThat(cost("lsuv")).isEqualTo(cost("none"));
  }
}
