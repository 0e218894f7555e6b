package org.initlab.init.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Activation;
import org.initlab.init.Fan;
import org.initlab.init.Law;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationGainTest {

  /** Closed forms of E f(z)^2. */
  @Test
  void derivedGainsAreTheClosedForms() {
    derived(Activation.IDENTITY, 1);
    derived(Activation.RELU, 0.5);
    derived(Activation.LEAKY_RELU, (1 + 1e-4) / 2);
    derived(Activation.ERF, 2 / Math.PI * Math.asin(2.0 / 3));
    derived(Activation.SIN, (1 - Math.exp(-2)) / 2);
    // The scale and slope of SELU are chosen so that this is 1.
    derived(Activation.SELU, 1);
  }

  private static void derived(Activation activation, double square) {
    assertThat(ActivationGain.DERIVED.variance(activation) * square).isCloseTo(1, within(1e-12));
  }

  /** E f(z)^2 by 2e5 points of the midpoint rule, for those without a closed form too. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void derivedGainsKeepTheMeanSquareOfEveryActivation(Activation activation) {
    int n = 200_000;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double x = 24 * (i + 0.5) / n - 12;
      double f = activation.of(x);
      sum += f * f * Math.exp(-x * x / 2);
    }
    double square = sum * 24 / n / Math.sqrt(2 * Math.PI);
    assertThat(ActivationGain.DERIVED.variance(activation) * square).isCloseTo(1, within(1e-8));
  }

  @ParameterizedTest
  @CsvSource({
    "PYTORCH, TANH, 1.6666666666666667",
    "PYTORCH, SELU, 0.75",
    "PYTORCH, SIGMOID, 1",
    "PYTORCH, RELU, 1.4142135623730951",
    "PYTORCH, LEAKY_RELU, 1.4141428569978354",
    "TEXTBOOK, TANH, 1",
    "TEXTBOOK, SELU, 1",
    "TEXTBOOK, SIGMOID, 4",
    "TEXTBOOK, RELU, 1.4142135623730951"
  })
  void tablesHaveTheSquaresOfTheseFactors(
      ActivationGain gain, Activation activation, double factor) {
    assertThat(Math.sqrt(gain.variance(activation))).isCloseTo(factor, within(1e-15));
  }

  @Test
  void anActivationWithoutAValueIsRefused() {
    assertThatThrownBy(() -> ActivationGain.PYTORCH.variance(Activation.GELU))
        .hasMessageContaining("gain pytorch: activation must be one of identity, relu")
        .hasMessageContaining("not gelu. Maybe gain derived.");
    assertThatThrownBy(() -> ActivationGain.TEXTBOOK.variance(Activation.MISH))
        .hasMessageContaining("gain textbook");
  }

  @Test
  void aDrawHasTheGainOfTheSitesActivation() {
    Site site = new Site("w", WeightShape.dense(100, 100), Role.HIDDEN, Activation.TANH, 1, 2);
    float[] plain = new float[10_000];
    new Law.Uniform().fill(Key.of(4), 5.0 / 3 / 10, plain);
    assertThat(
            new VarianceScaling(ActivationGain.PYTORCH, Fan.IN, new Law.Uniform())
                .draw(site, Key.of(4))
                .values())
        .isEqualTo(plain);
  }
}
