package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.experiment.Study;
import org.junit.jupiter.api.Test;

/** The statistics that SQL knows, against closed forms and numbers done by hand. */
class StatisticsTest {

  /** Means of n resampled values are nearly normal with the deviation s_n / sqrt(n). */
  @Test
  void theBootstrapIsNearlyNormalForManyValues() {
    List<Integer> values = IntStream.rangeClosed(1, 40).boxed().toList();
    double half = 1.95996 * Math.sqrt((40 * 40 - 1) / 12.0 / 40);
    Interval i = Bootstrap.of(values);
    assertThat(i.mean()).isEqualTo(20.5);
    // The 2.5th percentile of 4,000 means has a standard error of 4 % of the half width.
    assertThat(i.low()).isCloseTo(20.5 - half, within(0.15 * half));
    assertThat(i.high()).isCloseTo(20.5 + half, within(0.15 * half));
    assertThat(Bootstrap.of(values)).isEqualTo(i);
  }

  @Test
  void theBootstrapNeverDropsALoss() {
    assertThat(Bootstrap.of(List.of(1.0, Double.NaN)))
        .isEqualTo(new Interval(null, null, null, 2, 1));
    assertThat(Bootstrap.of(List.of(4.0))).isEqualTo(new Interval(4.0, null, null, 1, 0));
  }

  /** t = 3 sqrt(2), and Student's distribution with 4 degrees of freedom in closed form. */
  @Test
  void studentsTestIsOneSided() {
    double t = 3 * Math.sqrt(2);
    double u = 1 + t * t / 4;
    double p = 0.5 - 0.375 * t / Math.sqrt(u) * (1 - t * t / u / 12);
    assertThat(PairedTest.student(List.of(1, 2, 3, 4, 5))).isCloseTo(p, within(1e-12));
    assertThat(PairedTest.student(List.of(-1, -2, -3, -4, -5))).isCloseTo(1 - p, within(1e-12));
    assertThat(PairedTest.student(List.of(2, 2))).isZero();
    assertThat(PairedTest.student(List.of(0, 0))).isEqualTo(0.5);
    assertThat(PairedTest.student(List.of(2))).isNull();
    assertThat(PairedTest.student(Arrays.asList(2, null))).isNull();
  }

  @Test
  void theTestBySignsCountsPatterns() {
    assertThat(PairedTest.signs(List.of(1, 2, 3, 4, 5))).isEqualTo(1 / 32.0);
    // Of the sums of -1, 2, 3 with any signs 6 and 4 reach the 4 that was seen.
    assertThat(PairedTest.signs(List.of(-1, 2, 3))).isEqualTo(2 / 8.0);
    assertThat(PairedTest.signs(List.of(0.1, 0.2, -0.3))).isEqualTo(5 / 8.0);
    assertThat(PairedTest.signs(List.of(1, Double.NaN))).isNull();
    assertThat(PairedTest.signs(Collections.nCopies(20, 1.0))).isEqualTo(1 / 20_001.0);
    // Half of all patterns of an even sum are at or above 0, and those at it count whole: 0.588.
    assertThat(PairedTest.signs(alternating(20))).isCloseTo(0.588, within(5 * 0.0035));
  }

  private static List<Integer> alternating(int n) {
    return IntStream.range(0, n).mapToObj(i -> i % 2 == 0 ? 1 : -1).toList();
  }

  @Test
  void whatWasNotReachedIsLongerThanAll() {
    assertThat(Censored.of(List.of(30, Double.NaN, 10))).isEqualTo(new Censored(30.0, 3, 2));
    assertThat(Censored.of(List.of(10, Double.NaN, Double.NaN)))
        .isEqualTo(new Censored(null, 3, 1));
    assertThat(Censored.of(List.of(10, 20, Double.NaN, Double.NaN)))
        .isEqualTo(new Censored(null, 4, 2));
    assertThat(Censored.of(List.of(10, 20))).isEqualTo(new Censored(15.0, 2, 2));
    assertThat(Censored.of(List.of())).isEqualTo(new Censored(null, 0, 0));
  }

  /** Holm's steps by hand: 3 x 0.01, then 2 x 0.03, then 0.04, which may not fall below. */
  @Test
  void severalTestsAreCorrected() {
    assertThat(Holm.corrected(new double[] {0.01, 0.04, 0.03}))
        .containsExactly(new double[] {0.03, 0.06, 0.06}, within(1e-15));
    assertThat(Holm.corrected(new double[] {0.9, 0.8})).containsExactly(1, 1);
    assertThat(Holm.corrected(new double[0])).isEmpty();
  }

  private static Verdict verdict(Verdict.Word word, String p) {
    Study.Claim claim = new Study.Claim("c" + p, "Table 1", "So.", "SELECT 1");
    return new Verdict(claim, word, "1", "2", "", "", "5", p, "");
  }

  @Test
  void aClaimThatMayBeChanceIsOpen() {
    List<Verdict> verdicts =
        Verdict.corrected(
            List.of(
                verdict(Verdict.Word.REPRODUCED, "0.03"),
                verdict(Verdict.Word.REPRODUCED, ""),
                verdict(Verdict.Word.REPRODUCED, "0.01"),
                verdict(Verdict.Word.NOT_REPRODUCED, "0.9")));
    assertThat(verdicts)
        .extracting(Verdict::word)
        .containsExactly(
            Verdict.Word.INCONCLUSIVE,
            Verdict.Word.REPRODUCED,
            Verdict.Word.REPRODUCED,
            Verdict.Word.NOT_REPRODUCED);
    assertThat(verdicts).extracting(Verdict::p).containsExactly("0.06", "", "0.03", "0.9");
    assertThat(verdicts.get(0).note()).contains("may be chance");
  }
}
