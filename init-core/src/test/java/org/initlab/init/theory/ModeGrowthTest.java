package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModeGrowthTest {

  /** Two layers of strength c each, by Euler's method: tau dc/dt = c (s - c^2). */
  @ParameterizedTest
  @CsvSource({"80, 1e-6, 2000", "3, 0.01, 50", "2, 5, 40"})
  void itIsWhatSmallStepsDo(double s, double start, double tau) {
    ModeGrowth growth = new ModeGrowth(s, start, tau);
    double c = Math.sqrt(start);
    double step = 1e-4 * tau / s;
    for (int i = 1; i <= 200_000; i++) {
      c += step / tau * c * (s - c * c);
      if (i % 20_000 == 0) {
        assertThat(growth.strength(i * step)).isCloseTo(c * c, within(2e-3 * s));
      }
    }
    assertThat(growth.strength(0)).isCloseTo(start, within(1e-12));
  }

  @Test
  void timesAreTheInverseOfStrengths() {
    ModeGrowth growth = new ModeGrowth(7, 1e-3, 30);
    for (double part : new double[] {0.01, 0.5, 0.99}) {
      assertThat(growth.strength(growth.timeTo(part))).isCloseTo(part * 7, within(1e-12));
    }
    assertThat(growth.timeTo(0.5)).isCloseTo(30 / 14.0 * Math.log(7e3 - 1), within(1e-12));
    assertThat(growth.timeTo(1e-5)).isNegative();
    assertThat(new ModeGrowth(7, 8, 30).timeTo(0.5)).isNegative();
  }

  @Test
  void itEndsAtTheTargetWithoutOverflow() {
    assertThat(new ModeGrowth(80, 1e-6, 1).strength(1e9)).isEqualTo(80);
  }

  @Test
  void whatIsNoModeIsRefused() {
    assertThatThrownBy(() -> new ModeGrowth(0, 1, 1)).hasMessageContaining("target of a mode");
    assertThatThrownBy(() -> new ModeGrowth(1, -1, 1)).hasMessageContaining("not -1.0");
    assertThatThrownBy(() -> new ModeGrowth(1, 1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new ModeGrowth(1, 0.1, 1).timeTo(1)).hasMessageContaining("1.0");
  }
}
