package org.initlab.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.initlab.experiment.trial.ExampleStream;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;

class ClockedDataTest {

  @Test
  void theClockRunsBetweenTheTwoExamples() throws InterruptedException {
    ClockedData data = new ClockedData(new StillData(2), 2, 4);
    ExampleStream stream = data.training(Key.of(1));
    float[] x = new float[2 * Workload.INPUTS];
    long before = System.nanoTime();
    stream.write(0, x, 0);
    stream.write(2, x, 0);
    long start = System.nanoTime();
    Thread.sleep(20);
    stream.write(3, x, 0);
    long end = System.nanoTime();
    stream.write(4, x, 0);
    long after = System.nanoTime();

    assertThat(data.span().wallSeconds())
        .isBetween((end - start) / 1e9, (after - before) / 1e9)
        .isGreaterThanOrEqualTo(0.02);
    assertThat(data.span().cpuSeconds()).isGreaterThanOrEqualTo(0);
  }

  @Test
  void aTrialThatEndedEarlyHasNoTime() {
    ClockedData data = new ClockedData(new StillData(2), 2, 4);
    data.training(Key.of(1)).write(2, new float[Workload.INPUTS], 0);

    assertThatThrownBy(data::span).hasMessageContaining("did not ask for the examples 2 and 4");
  }

  @Test
  void stillDataIsWrittenOnceAndStays() {
    ExampleStream stream = new StillData(2).training(Key.of(1));
    float[] x = new float[2 * Workload.INPUTS];
    assertThat(stream.write(1, x, Workload.INPUTS)).isEqualTo(1);
    float[] written = x.clone();
    assertThat(stream.write(13, x, 0)).isEqualTo(3);

    assertThat(x).isEqualTo(written);
    assertThat(x[Workload.INPUTS + 3]).isGreaterThan(0).isLessThan(1);
    assertThat(x[3]).isZero();
  }

  @Test
  void aTimingIsTheMedianOfItsRounds() {
    Timing odd =
        Timing.of(List.of(new Span(4e-6, 9e-6), new Span(1e-6, 7e-6), new Span(2e-6, 8e-6)));
    Timing even = Timing.of(List.of(new Span(3e-6, 3e-6), new Span(1e-6, 1e-6)));

    assertThat(odd.median()).isCloseTo(2, within(1e-9));
    assertThat(odd.spread()).isCloseTo(1.5, within(1e-9));
    assertThat(odd.wall()).isCloseTo(8, within(1e-9));
    assertThat(even.median()).isCloseTo(2, within(1e-9));
  }
}
