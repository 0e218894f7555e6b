package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {

  /** Mean 3, deviation sqrt(2.5), and t(0.975, 4) = 2.776445 from printed tables. */
  @Test
  void isStudentsInterval() {
    Interval i = Interval.of(List.of(1, 2, 3, 4, 5));
    double half = 2.776445 * Math.sqrt(2.5 / 5);
    assertThat(i.mean()).isEqualTo(3);
    assertThat(i.low()).isCloseTo(3 - half, within(1e-5));
    assertThat(i.high()).isCloseTo(3 + half, within(1e-5));
    assertThat(i.n()).isEqualTo(5);
    assertThat(i.lost()).isZero();
  }

  /** t(0.975, 1) = 12.7062; deviation of {0, 2} over sqrt 2 is 1. */
  @Test
  void isWideForTwo() {
    Interval i = Interval.of(List.of(0.0, 2.0));
    assertThat(i.low()).isCloseTo(1 - 12.7062, within(1e-4));
    assertThat(i.high()).isCloseTo(1 + 12.7062, within(1e-4));
  }

  @Test
  void hasNoEndsForOne() {
    assertThat(Interval.of(List.of(4.0))).isEqualTo(new Interval(4.0, null, null, 1, 0));
    assertThat(Interval.of(List.of())).isEqualTo(new Interval(null, null, null, 0, 0));
  }

  @Test
  void neverAveragesALossAway() {
    for (Double lost : Arrays.asList(Double.NaN, Double.NEGATIVE_INFINITY, null)) {
      assertThat(Interval.of(Arrays.asList(1.0, lost, 3.0)))
          .isEqualTo(new Interval(null, null, null, 3, 1));
      assertThat(Interval.median(Arrays.asList(1.0, lost, 3.0))).isNull();
    }
  }

  @Test
  void knowsTheMedian() {
    assertThat(Interval.median(List.of(9, 1, 5))).isEqualTo(5);
    assertThat(Interval.median(List.of(9, 1, 5, 6))).isEqualTo(5.5);
    assertThat(Interval.median(List.of())).isNull();
  }
}
