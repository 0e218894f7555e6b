package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.initlab.init.random.Key;
import org.initlab.init.theory.CorrelationModes.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationModesTest {

  @ParameterizedTest
  @CsvSource({"5, 5", "3, 40", "40, 3", "1, 7", "1, 1"})
  void modesAddUpToTheirMatrixAtRightAngles(int in, int out) {
    double[] c = new double[in * out];
    for (int i = 0; i < c.length; i++) {
      c[i] = Key.of(5).uniform(i) - 0.5;
    }
    List<Mode> modes = CorrelationModes.of(c, in, out).modes();
    assertThat(modes).hasSize(Math.min(in, out));
    for (int i = 0; i < in; i++) {
      for (int o = 0; o < out; o++) {
        double sum = 0;
        for (Mode mode : modes) {
          sum += mode.strength() * mode.input()[i] * mode.output()[o];
        }
        assertThat(sum).isCloseTo(c[i * out + o], within(1e-12));
      }
    }
    for (Mode a : modes) {
      assertThat(a.in(c)).isCloseTo(a.strength(), within(1e-12));
      for (Mode b : modes) {
        assertThat(dot(a.input(), b.input())).isCloseTo(a == b ? 1 : 0, within(1e-12));
        assertThat(dot(a.output(), b.output())).isCloseTo(a == b ? 1 : 0, within(1e-12));
      }
    }
    assertThat(modes.stream().map(m -> -m.strength())).isSorted();
  }

  @Test
  void aMatrixHasAsManyModesAsItsRank() {
    assertThat(CorrelationModes.of(new double[] {1, 2, 2, 4, 3, 6}, 3, 2).modes())
        .singleElement()
        .satisfies(m -> assertThat(m.strength()).isCloseTo(Math.sqrt(70), within(1e-12)));
    assertThat(CorrelationModes.of(new double[6], 2, 3).modes()).isEmpty();
    assertThat(CorrelationModes.of(new double[] {1, Double.NaN}, 1, 2).modes()).isEmpty();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
