package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GaussianIntegralTest {

  private static final double[] LENGTHS = {1e-13, 1e-6, 0.01, 0.3, 1, 2.5, 7, 40, 1e3};

  static Stream<GaussianIntegral> closedForms() {
    return Arrays.stream(Activation.values()).flatMap(f -> ClosedForms.of(f).stream());
  }

  /**
   * Six digits, from integrals computed apart from this code: half a unit of the last one. SELU's
   * slope is lambda^2 (1/2 + alpha^2 e^2 Phi(-2)) in 25-digit arithmetic.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 0, .394294, .464403, 1.1778",
    "erf, 0, .464559, .569410, 1.2257",
    "relu, .398942, .5, .5, 1",
    "leaky_relu, .394953, .50005, .50005, 1",
    "selu, 0, 1, 1.071575, 1.0716",
    "elu, .160521, .644945, .668102, 1.0359",
    "gelu, .282095, .425221, .455851, 1.0720",
    "silu, .206621, .355776, .379482, 1.0666",
    "mish, .240404, .452342, .479084, 1.0591",
    "sigmoid, .5, .293379, .044836, .1528",
    "softsign, 0, .183014, .227671, 1.2440",
    "hard_tanh, 0, .516059, .682689, 1.3229",
    "softplus, .806059, .921246, .293379, .3185",
    "sin, 0, .432332, .567668, 1.3130",
    "identity, 0, 1, 1, 1"
  })
  void momentsAtUnitLength(
      String name, double mean, double square, double slopeSquare, double keptChi1) {
    GaussianIntegral f = GaussianIntegral.of(Activation.valueOf(name.toUpperCase(Locale.ROOT)));
    assertThat(f.mean(1)).isCloseTo(mean, within(5.1e-7));
    assertThat(f.square(1)).isCloseTo(square, within(5.1e-7));
    assertThat(f.slopeSquare(1)).isCloseTo(slopeSquare, within(5.1e-7));
    assertThat(f.slopeSquare(1) / f.square(1)).isCloseTo(keptChi1, within(5.1e-5));
  }

  @ParameterizedTest
  @MethodSource("closedForms")
  void closedFormsAgreeWithQuadrature(GaussianIntegral closed) {
    Quadrature numeric = new Quadrature(closed.activation());
    for (double q : LENGTHS) {
      if (closed.activation() == Activation.SIN && q > 7) {
        continue; // panels of powers of two do not follow many periods
      }
      Percentage tiny = Percentage.withPercentage(1e-9);
      assertThat(closed.mean(q)).as("mean at %s", q).isCloseTo(numeric.mean(q), within(1e-12));
      assertThat(closed.square(q)).as("square at %s", q).isCloseTo(numeric.square(q), tiny);
      assertThat(closed.slopeSquare(q)).as("slope").isCloseTo(numeric.slopeSquare(q), tiny);
      assertThat(closed.growth(q)).as("growth").isCloseTo(numeric.growth(q), within(1e-12));
      assertThat(closed.fourth(q)).as("fourth").isCloseTo(numeric.fourth(q), tiny);
      assertThat(closed.slopeFourth(q)).as("slope^4").isCloseTo(numeric.slopeFourth(q), tiny);
    }
  }

  /**
   * The midpoint rule with a hundred thousand steps a side: another rule, blind to kinks, good to
   * about 1e-8. It would show a kink that the panels are not split at.
   */
  @ParameterizedTest
  @EnumSource
  void quadratureAgreesWithManySteps(Activation f) {
    Quadrature panels = new Quadrature(f);
    double square = 0;
    double slopeSquare = 0;
    double step = 1e-4;
    double s = Math.sqrt(1.7);
    for (int i = -100_000; i <= 100_000; i++) {
      double z = (i + 0.5) * step;
      double weight = Math.exp(-z * z / 2) * step / Math.sqrt(2 * Math.PI);
      square += weight * f.of(s * z) * f.of(s * z);
      slopeSquare += weight * f.slope(s * z) * f.slope(s * z);
    }
    assertThat(panels.square(1.7)).isCloseTo(square, within(1e-8));
    // A jump between two steps costs up to half a step.
    assertThat(panels.slopeSquare(1.7)).isCloseTo(slopeSquare, within(5e-5));
  }

  @ParameterizedTest
  @EnumSource
  void growthIsTheDerivativeOfTheSquareAndPositive(Activation activation) {
    GaussianIntegral f = GaussianIntegral.of(activation);
    for (double q : new double[] {0.02, 1, 9}) {
      double h = 1e-4 * q;
      double difference = (f.square(q + h) - f.square(q - h)) / (2 * h);
      assertThat(f.growth(q)).isCloseTo(difference, within(1e-7));
    }
    // The limit of lengths is sought in the direction of the first step, which supposes this.
    for (double q = 1e-10; q < 1e10; q *= 3) {
      assertThat(f.square(3 * q)).isGreaterThanOrEqualTo(f.square(q));
    }
  }

  @ParameterizedTest
  @EnumSource
  void lengthZeroIsTheLimit(Activation activation) {
    GaussianIntegral f = GaussianIntegral.of(activation);
    double near = 1e-14;
    assertThat(f.mean(0)).isCloseTo(f.mean(near), within(1e-6));
    assertThat(f.square(0)).isCloseTo(f.square(near), within(1e-6));
    assertThat(f.slopeSquare(0)).isCloseTo(f.slopeSquare(near), within(1e-6));
    assertThat(f.growth(0)).isCloseTo(f.growth(near), within(1e-5));
  }

  /** Small lengths: q - 2 q^2 and 1 - 2 q, from the series of tanh. */
  @Test
  void tanhAtSmallLengths() {
    GaussianIntegral tanh = GaussianIntegral.of(Activation.TANH);
    assertThat(tanh.square(1e-4)).isCloseTo(1e-4 - 2e-8, within(2e-11));
    assertThat(tanh.slopeSquare(1e-4)).isCloseTo(1 - 2e-4, within(2e-7));
  }
}
