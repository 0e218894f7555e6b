package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Activation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class PairIntegralTest {

  private static final double[] CORRELATIONS = {-0.97, 0.3, 0.9, 0.985};

  /** A million evaluations in the plane against one series, closed form or rule: 1e-10. */
  @ParameterizedTest
  @EnumSource
  void agreesWithAnIntegralInThePlane(Activation f) {
    for (double[] q : new double[][] {{5, 5}, {0.4, 2.5}}) {
      PairIntegral pair = GaussianIntegral.of(f).pair(q[0], q[1]);
      double size = Math.sqrt(GaussianIntegral.of(f).square(q[0])) + 1;
      for (double c : CORRELATIONS) {
        assertThat(pair.of(c))
            .as("E[f f] at q %s, %s and c %s", q[0], q[1], c)
            .isCloseTo(PlaneIntegral.of(f::of, q[0], q[1], c), within(1e-10 * size * size));
        assertThat(pair.slope(c))
            .as("E[f' f'] at q %s, %s and c %s", q[0], q[1], c)
            .isCloseTo(PlaneIntegral.of(f::slope, q[0], q[1], c), within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEndsAreIntegralsOfOneVariable(Activation activation) {
    GaussianIntegral f = GaussianIntegral.of(activation);
    for (double q : new double[] {1e-6, 0.2, 3, 60}) {
      PairIntegral pair = f.pair(q, q);
      double mean = f.mean(q);
      double tiny = 1e-11 * (f.square(q) + 1e-12);
      assertThat(pair.of(1)).isCloseTo(f.square(q), within(tiny));
      assertThat(pair.of(0)).isCloseTo(mean * mean, within(tiny));
      assertThat(pair.slope(1)).isCloseTo(f.slopeSquare(q), within(1e-10));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSlopeIsTheDerivative(Activation activation) {
    PairIntegral pair = GaussianIntegral.of(activation).pair(0.7, 2.1);
    double scale = Math.sqrt(0.7 * 2.1);
    for (double c : new double[] {-0.985, -0.5, 0.1, 0.7, 0.985}) {
      double h = 1e-5;
      double difference = (pair.of(c + h) - pair.of(c - h)) / (2 * h) / scale;
      assertThat(pair.slope(c)).as("at c %s", c).isCloseTo(difference, within(1e-6));
    }
  }

  /**
   * The series and the rule beyond it must be one function, and closed forms must be its values.
   */
  @ParameterizedTest
  @EnumSource
  void theSeriesAgreesWithTheClosedForm(Activation activation) {
    if (activation == Activation.HARD_TANH) {
      return; // whose kinks off the axes the series does not follow, hence its closed form
    }
    PairIntegral series = HermiteSeries.of(activation, 1.3, 1.3);
    PairIntegral used = GaussianIntegral.of(activation).pair(1.3, 1.3);
    for (double c = -1; c <= 1; c += 0.01) {
      assertThat(series.of(c)).as("at c %s", c).isCloseTo(used.of(c), within(3e-12));
    }
  }

  @Test
  void aPairNeedsLengths() {
    for (Activation f : Activation.values()) {
      for (double q : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> GaussianIntegral.of(f).pair(1, q))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("not " + q);
      }
    }
  }
}
