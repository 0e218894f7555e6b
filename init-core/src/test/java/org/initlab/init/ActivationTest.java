package org.initlab.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {

  /** None is 0 or 1 in size, where some have kinks. */
  private static final double[] PLACES = {-7.3, -2.2, -0.7, -0.05, 0.02, 0.6, 1.7, 4.1, 8.9};

  @ParameterizedTest
  @EnumSource
  void slopeIsTheDerivative(Activation activation) {
    double h = 1e-5;
    for (double x : PLACES) {
      double difference = (activation.of(x + h) - activation.of(x - h)) / (2 * h);
      assertThat(activation.slope(x)).as("at %s", x).isCloseTo(difference, within(1e-8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputsOfUnitInputsLieInTheRange(Activation activation) {
    for (double x = -1; x <= 1; x += 0.125) {
      assertThat(activation.of(x)).isBetween(activation.low(), activation.high());
    }
  }

  /** From the definitions, to ten digits. */
  @ParameterizedTest
  @CsvSource({
    "gelu, 1, 0.8413447461",
    "gelu, -2, -0.0455002639",
    "mish, 1, 0.8650983883",
    "mish, -3, -0.1456474613",
    "erf, 0.5, 0.5204998778",
    "sin, 2, 0.9092974268",
    "silu, -1.5, -0.2736382857",
    "selu, -1, -1.1113307378",
    "softplus, -4, 0.0181499279"
  })
  void knownValues(String name, double x, double y) {
    Activation activation = Activation.valueOf(name.toUpperCase(java.util.Locale.ROOT));
    assertThat(activation.of(x)).isCloseTo(y, within(1e-10));
  }
}
