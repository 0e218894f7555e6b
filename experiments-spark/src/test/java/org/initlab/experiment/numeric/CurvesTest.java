package org.initlab.experiment.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every curve against the table's double-precision definition, on a fixed lattice of floats. */
class CurvesTest {

  private static final int N = 4_001;

  /** Points from -most to most, denser near 0, with their float neighbours left as they fall. */
  private static float[] points(double most) {
    float[] points = new float[N];
    for (int i = 0; i < N; i++) {
      double u = 2.0 * i / (N - 1) - 1;
      points[i] = (float) (most * u * Math.abs(u));
    }
    return points;
  }

  private static float[] values(Activation activation, float[] s) {
    float[] z = new float[s.length];
    Curves.of(activation, s.length).values(s, z, s.length);
    return z;
  }

  private static float[] slopes(Activation activation, float[] s) {
    Curve curve = Curves.of(activation, s.length);
    float[] z = new float[s.length];
    float[] d = new float[s.length];
    Arrays.fill(d, 1f);
    curve.values(s, z, s.length);
    curve.backward(s, z, d, s.length);
    return d;
  }

  private static double ulps(float got, double exact) {
    return Math.abs(got - exact) / Math.ulp((float) exact);
  }

  /** The bounds that the room states: units in the last place of the exact value. */
  @ParameterizedTest
  @CsvSource({
    "identity, 0",
    "relu, 0",
    "leaky_relu, 1",
    "hard_tanh, 0",
    "softsign, 1.5",
    "tanh, 1.6",
    "sigmoid, 2.5",
    "elu, 2",
    "erf, 2",
    "selu, 2.5",
    "softplus, 2.5",
    "silu, 3",
    "mish, 4"
  })
  void valuesAreWithinTheStatedBound(String name, double bound) {
    Activation activation = Activation.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    for (double most : new double[] {0.01, 1, 5, 20}) {
      float[] s = points(most);
      float[] z = values(activation, s);
      for (int i = 0; i < N; i++) {
        assertThat(ulps(z[i], activation.of(s[i])))
            .as("%s at %s", name, s[i])
            .isLessThanOrEqualTo(bound);
      }
    }
  }

  /**
   * GELU's left tail and the sine's zeros lose digits with their arguments'; none is large there.
   */
  @ParameterizedTest
  @EnumSource
  void valuesAndSlopesAreRightToSevenDigitsOfTheLargest(Activation activation) {
    for (double most : new double[] {0.01, 1, 5, 20}) {
      float[] s = points(most);
      float[] z = values(activation, s);
      float[] d = slopes(activation, s);
      for (int i = 0; i < N; i++) {
        double large = Math.max(1, Math.abs(s[i]));
        assertThat(Math.abs(z[i] - activation.of(s[i])) / large)
            .as("value at %s", s[i])
            .isLessThan(2e-7);
        assertThat(Math.abs(d[i] - activation.slope(s[i])))
            .as("slope at %s", s[i])
            .isLessThan(5e-7);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void extremesAreAsTheyShould(Activation activation) {
    float least = Float.MIN_VALUE;
    float[] s = {Float.NaN, -100f, 100f, 0f, -least, least, 1e30f, -1e30f};
    float[] z = values(activation, s);
    float[] d = slopes(activation, s);
    assertThat(z[0]).isNaN();
    for (int i = 1; i < s.length; i++) {
      double exact = activation.of(s[i]);
      assertThat(z[i]).as("f(%s)", s[i]).isCloseTo((float) exact, within(exact));
      if (activation != Activation.SIN) {
        assertThat((double) d[i]).as("f'(%s)", s[i]).isCloseTo(activation.slope(s[i]), within(1));
      }
    }
  }

  /** A tanh beyond 1 has a slope of the wrong sign. */
  @Test
  void tanhStaysWithinOneAndReachesIt() {
    for (double most : new double[] {0.01, 1.2, 9.5, 100}) {
      for (float z : values(Activation.TANH, points(most))) {
        assertThat(Math.abs(z)).isLessThanOrEqualTo(1f);
      }
    }
    float infinite = Float.POSITIVE_INFINITY;
    assertThat(values(Activation.TANH, new float[] {9.5f, 1e20f, infinite, -9.5f, -infinite, 0f}))
        .containsExactly(1f, 1f, 1f, -1f, -1f, 0f);
  }

  private static org.assertj.core.data.Offset<Float> within(double exact) {
    return org.assertj.core.api.Assertions.within((float) (2e-7 * Math.max(1, Math.abs(exact))));
  }

  private static org.assertj.core.data.Offset<Double> within(int size) {
    return org.assertj.core.api.Assertions.within(5e-7 * size);
  }

  @Test
  void onlyTheAskedElementsAreWritten() {
    for (Activation activation : Activation.values()) {
      float[] s = points(3);
      float[] z = new float[N];
      Arrays.fill(z, 7f);
      Curves.of(activation, N).values(s, z, 10);
      assertThat(z[9]).isEqualTo(values(activation, s)[9]);
      assertThat(z[10]).isEqualTo(7f);
    }
  }
}
