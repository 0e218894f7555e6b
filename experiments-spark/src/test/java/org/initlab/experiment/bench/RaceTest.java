package org.initlab.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.initlab.experiment.bench.Comparison.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That engines are timed; never how fast they are. */
class RaceTest {

  @Test
  void secondsAndRoundsAreChecked() {
    StillData data = new StillData(10);
    assertThatThrownBy(() -> new Race(data, 0, 5)).hasMessageContaining("seconds 0.0");
    assertThatThrownBy(() -> new Race(data, Double.NaN, 5)).hasMessageContaining("seconds NaN");
    assertThatThrownBy(() -> new Race(data, 1, 0)).hasMessageContaining("rounds 0");
  }

  @Test
  void aRatioIsThatOfTheTimes() {
    Row fast = row("fused", 20);
    Row slow = row("dl4j", 1500);
    Comparison both = new Comparison(Workload.dense(32, 5, 10, "tanh", "sgd"), List.of(fast, slow));

    assertThat(both.against("dl4j", fast)).hasValue(75.0);
    assertThat(both.against("dl4j", slow)).hasValue(1.0);
    assertThat(both.against("stacked", fast)).isEmpty();
  }

  private static Row row(String engine, double median) {
    return new Row(engine, new Timing(median, 0, median), new Timing(median, 0, median));
  }

  @Test
  @Tag("slow")
  void everyEngineThatRunsTheWorkloadIsTimed() {
    List<Workload> workloads =
        List.of(
            Workload.dense(8, 1, 5, "tanh", "adam"),
            Workload.dense(8, 2, 5, "sin", "sgd"),
            new Workload("residual_cnn", 2, 3, 5, "relu", "sgd"),
            new Workload("gated_residual_cnn", 2, 3, 5, "relu", "sgd"));

    List<Comparison> comparisons = new Race(new StillData(5), 0.02, 2).run(workloads);

    assertThat(comparisons).extracting(Comparison::workload).isEqualTo(workloads);
    assertThat(comparisons.get(0).rows())
        .extracting(Row::engine)
        .containsExactly("fused", "stacked", "dl4j", "double");
    assertThat(comparisons.get(1).rows())
        .extracting(Row::engine)
        .containsExactly("fused", "stacked", "double");
    assertThat(comparisons.get(2).rows())
        .extracting(Row::engine)
        .containsExactly("fused", "dl4j", "double");
    assertThat(comparisons.get(3).rows())
        .extracting(Row::engine)
        .containsExactly("fused", "double");
    for (Comparison comparison : comparisons) {
      for (Row row : comparison.rows()) {
        for (Timing timing : List.of(row.withData(), row.withoutData())) {
          assertThat(timing.median()).isPositive();
          assertThat(timing.wall()).isPositive();
          assertThat(timing.spread()).isNotNegative();
        }
      }
    }
  }

  @Test
  @Tag("slow")
  void theFloorsArePositive() {
    Floors floors = Floors.measure(0.2);

    assertThat(floors.flopsPerSecond()).isPositive();
    assertThat(floors.levels()).extracting(Floors.Level::name).containsExactly("L2", "L3", "DRAM");
    assertThat(floors.levels()).allMatch(level -> level.bytesPerSecond() > 0);
    assertThat(floors.levels()).isSortedAccordingTo((a, b) -> Long.compare(a.holds(), b.holds()));
  }
}
