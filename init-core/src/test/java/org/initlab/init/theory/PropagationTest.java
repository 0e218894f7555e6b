package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.initlab.init.Activation;
import org.initlab.init.theory.LengthLimit.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reference values are given to their last digit; tolerances are half a unit of it, or one. */
class PropagationTest {

  /** tanh at sigma_b^2 = 0.05. */
  @ParameterizedTest
  @CsvSource({
    "1.00, .19359, .75903, 1, .75903, 3.627, 1.748, 3.627",
    "1.25, .29205, .86324, 1, .86324, 6.800, 1.800, 6.800",
    "1.50, .41804, .93864, 1, .93864, 15.79, 1.683, 15.79",
    "1.60, .47425, .96369, 1, .96369, 27.03, 1.621, 27.03",
    "1.70, .53308, .98674, 1, .98674, 74.9, 1.558, 74.9",
    "1.75, .56335, .99766, 1, .99766, 426, 1.528, 426",
    "1.80, .59413, 1.00822, .95041, .99208, 125.8, 1.498, 122.1",
    "2.00, .72176, 1.04767, .74408, .96111, 25.21, 1.388, 21.48",
    "2.25, .88942, 1.09234, .56722, .93599, 15.12, 1.273, 11.32",
    "2.50, 1.06396, 1.13352, .44680, .91872, 11.80, 1.180, 7.98",
    "3.00, 1.42801, 1.20893, .29932, .89540, 9.05, 1.041, 5.27",
    "4.00, 2.19549, 1.34240, .16506, .86653, 6.98, .873, 3.40"
  })
  void tanhAcrossTheEdgeOfChaos(
      double weight,
      double q,
      double chi1,
      double c,
      double chiC,
      double xiC,
      double xiQ,
      double xiGradient) {
    Propagation theory = Propagation.of(Activation.TANH, new Variances(weight, 0.05));
    assertThat(theory.length().q()).isCloseTo(q, within(5.1e-6));
    assertThat(theory.chi1()).isCloseTo(chi1, within(5.1e-6));
    assertThat(theory.c()).isCloseTo(c, within(5.1e-6));
    assertThat(theory.chiC()).isCloseTo(chiC, within(5.1e-6));
    Percentage digits = Percentage.withPercentage(0.15);
    assertThat(theory.scales().correlation()).isCloseTo(xiC, digits);
    assertThat(theory.scales().length()).isCloseTo(xiQ, digits);
    assertThat(theory.scales().gradient()).isCloseTo(xiGradient, digits);
    assertThat(theory.trainableDepth()).isCloseTo(6 * xiC, digits);
    assertThat(theory.phase()).isEqualTo(weight < 1.76 ? Phase.ORDERED : Phase.CHAOTIC);
  }

  /** tanh at sigma_b = 0, and Poole et al.'s three at sigma_b = 0.3. */
  @ParameterizedTest
  @CsvSource({
    "1.5, 0, .28689, 1.04057, NaN",
    "2, 0, .61796, 1.10553, NaN",
    "2.7777777777777777, 0, 1.17848, 1.20983, NaN",
    "4, 0, 2.12147, 1.36267, NaN",
    "1.69, 0.09, .60705, .93981, 1",
    "6.25, 0.09, 4.07912, 1.58522, .12210",
    "16, 0.09, 12.60415, 2.36726, .029696"
  })
  void tanhElsewhere(double weight, double bias, double q, double chi1, double c) {
    Propagation theory = Propagation.of(Activation.TANH, new Variances(weight, bias));
    assertThat(theory.length().q()).isCloseTo(q, within(5.1e-6));
    assertThat(theory.chi1()).isCloseTo(chi1, within(5.1e-6));
    if (!Double.isNaN(c)) {
      assertThat(theory.c()).isCloseTo(c, within(5.1e-6));
    } else {
      assertThat(theory.c()).as("odd and without biases").isZero();
    }
  }

  /** tanh with PyTorch's gain 5/3. */
  @Test
  void depthScalesOfPyTorchsGain() {
    DepthScale scales = Propagation.of(Activation.TANH, new Variances(25.0 / 9, 0)).scales();
    assertThat(scales.correlation()).isCloseTo(12.1, within(0.05));
    assertThat(scales.gradient()).isCloseTo(5.25, within(0.005));
  }

  @Test
  void whatBecomesOfALengthHasAName() {
    assertThat(kind(Activation.TANH, 1.0 / 3, 0)).isEqualTo(Kind.VANISHING);
    assertThat(Propagation.of(Activation.TANH, new Variances(1.0 / 3, 0)).chi1())
        .isCloseTo(1.0 / 3, within(1e-12));
    assertThat(kind(Activation.TANH, 1, 0)).as("like 1 / 2l").isEqualTo(Kind.VANISHING);
    assertThat(kind(Activation.HARD_TANH, 1, 0)).as("slower yet").isEqualTo(Kind.VANISHING);
    assertThat(kind(Activation.RELU, 2, 1e-20))
        .as("a bias beyond digits")
        .isEqualTo(Kind.PRESERVED);
    assertThat(kind(Activation.RELU, 2, 1e-9)).isEqualTo(Kind.DIVERGING);
    assertThat(kind(Activation.RELU, 2, 0)).isEqualTo(Kind.PRESERVED);
    assertThat(kind(Activation.LEAKY_RELU, 2 / (1 + 1e-4), 0)).isEqualTo(Kind.PRESERVED);
    assertThat(kind(Activation.IDENTITY, 1, 0)).isEqualTo(Kind.PRESERVED);
    assertThat(kind(Activation.RELU, 2, 0.1)).isEqualTo(Kind.DIVERGING);
    assertThat(kind(Activation.RELU, 2.1, 0)).isEqualTo(Kind.DIVERGING);
    assertThat(kind(Activation.RELU, 1.9, 0)).isEqualTo(Kind.VANISHING);
    assertThat(kind(Activation.RELU, 1.9, 0.1)).isEqualTo(Kind.FIXED);
    assertThat(kind(Activation.SELU, 1, 0)).isEqualTo(Kind.FIXED);
    assertThat(Propagation.of(Activation.TANH, new Variances(0, 0.3)).length())
        .isEqualTo(new LengthLimit(Kind.FIXED, 0.3));
  }

  @Test
  void aDivergingSignalHasNoCorrelation() {
    Propagation theory = Propagation.of(Activation.RELU, new Variances(3, 0.1));
    assertThat(theory.phase()).isEqualTo(Phase.DIVERGING);
    assertThat(theory.length().q()).isInfinite();
    assertThat(theory.chi1()).isEqualTo(1.5);
    assertThat(theory.c()).isNaN();
    assertThat(theory.trainableDepth()).isNaN();
  }

  @Test
  void reluAtHesVarianceIsCritical() {
    Propagation theory = Propagation.of(Activation.RELU, new Variances(2, 0));
    assertThat(theory.phase()).isEqualTo(Phase.CRITICAL);
    assertThat(theory.c()).isEqualTo(1);
    assertThat(theory.trainableDepth()).isInfinite();
  }

  /** Klambauer et al. 2017: variance 1 is a fixed point, and is returned to at 0.782648 a layer. */
  @Test
  void seluKeepsUnitLength() {
    Propagation theory = Propagation.of(Activation.SELU, new Variances(1, 0));
    assertThat(theory.length().q()).isCloseTo(1, within(1e-9));
    assertThat(theory.chi1()).isCloseTo(1.071575, within(5.1e-7));
    assertThat(theory.chiQ()).isCloseTo(0.782648, within(5.1e-7));
    assertThat(theory.phase()).isEqualTo(Phase.CHAOTIC);
  }

  /** q_l comes to 1 / (2l) for tanh at the critical point without biases. */
  @Test
  void criticalTanhDecaysLikeAPower() {
    LengthMap map = new LengthMap(GaussianIntegral.of(Activation.TANH), new Variances(1, 0));
    double[] lengths = map.lengths(1, 10_000);
    assertThat(2 * 10_000 * lengths[10_000]).isCloseTo(1, within(0.01));
  }

  /** ReLU at He's variance, two inputs at right angles. */
  @ParameterizedTest
  @CsvSource({
    "1, .31831",
    "2, .49373",
    "5, .73595",
    "10, .87154",
    "20, .94843",
    "50, .98786",
    "100, .99642"
  })
  void reluAlignsInputs(int depth, double c) {
    CorrelationMap map =
        new CorrelationMap(GaussianIntegral.of(Activation.RELU), new Variances(2, 0), 1);
    assertThat(map.correlations(0, depth)[depth]).isCloseTo(c, within(5.1e-6));
  }

  @Test
  void reluAlignsLikeAPower() {
    CorrelationMap map =
        new CorrelationMap(GaussianIntegral.of(Activation.RELU), new Variances(2, 0), 1);
    int depth = 20_000;
    double gap = 1 - map.correlations(0, depth)[depth];
    assertThat(gap * 2.0 * depth * depth / 9).isCloseTo(Math.PI * Math.PI, within(0.05));
  }

  /**
   * Every activation, around its edge of chaos: what is called a fixed point is one to 1e-9, and
   * the maps iterate to it.
   */
  @ParameterizedTest
  @EnumSource
  void fixedPointsAreFixedAndReached(Activation activation) {
    GaussianIntegral f = GaussianIntegral.of(activation);
    double unit = Math.min(1 / f.slopeSquare(0.5), 60);
    for (double weight : new double[] {0.5 * unit, 0.9 * unit, 1.2 * unit, 1.7 * unit}) {
      Variances variances = new Variances(weight, 0.05);
      Propagation theory = Propagation.of(activation, variances);
      if (theory.phase() == Phase.DIVERGING) {
        double[] lengths = new LengthMap(f, variances).lengths(1, 200);
        assertThat(lengths[200]).isGreaterThan(2 * lengths[100]);
        continue;
      }
      double q = theory.length().q();
      LengthMap lengths = new LengthMap(f, variances);
      assertThat(lengths.of(q)).isCloseTo(q, within(1e-12 * q));
      assertThat(lengths.lengths(1, 3000)[3000]).isCloseTo(q, within(1e-9 * q));
      CorrelationMap correlations = new CorrelationMap(f, variances, q);
      assertThat(correlations.of(theory.c())).isCloseTo(theory.c(), within(1e-11));
      double[] path = correlations.correlations(0.5, 30);
      double slack = Math.pow(theory.chiC(), 30) + 1e-9;
      assertThat(path[30]).isCloseTo(theory.c(), within(slack));
      assertThat(theory.chiC()).isLessThanOrEqualTo(1);
    }
  }

  /** Just beyond the edge 1 - c* is small: (chi_1 - 1) / (C''(1) / 2) to first order. */
  @ParameterizedTest
  @CsvSource({"1e-3", "1e-5", "1e-7"})
  void correlationsAreExactNearTheEdge(double beyond) {
    CriticalPoint edge = new CriticalLine(Activation.TANH).at(0.05).get(0);
    Variances variances = new Variances(edge.variances().weight() * (1 + beyond), 0.05);
    Propagation theory = Propagation.of(Activation.TANH, variances);
    GaussianIntegral f = GaussianIntegral.of(Activation.TANH);
    CorrelationMap map = new CorrelationMap(f, variances, theory.length().q());
    double bend = (map.slope(1) - map.slope(1 - 1e-4)) / 1e-4;
    double expected = 2 * (theory.chi1() - 1) / bend;
    assertThat((1 - theory.c()) / expected).isCloseTo(1, within(100 * beyond + 1e-3));
  }

  @Test
  void variancesAreCheckedAndKnowTheirDeviations() {
    assertThat(Variances.ofDeviations(3, 0.5)).isEqualTo(new Variances(9, 0.25));
    assertThat(new Variances(9, 0.25).sigmaW()).isEqualTo(3);
    assertThat(new Variances(9, 0.25).sigmaB()).isEqualTo(0.5);
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e200}) {
      assertThatThrownBy(() -> Variances.ofDeviations(1, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least 0");
    }
    assertThatThrownBy(() -> new Variances(-1, 0)).hasMessageContaining("not -1.0");
  }

  @Test
  void depthScalesOfFactors() {
    assertThat(DepthScale.of(Math.exp(-0.25))).isCloseTo(4, within(1e-12));
    assertThat(DepthScale.of(Math.exp(0.25))).isCloseTo(4, within(1e-12));
    assertThat(Arrays.asList(DepthScale.of(1), DepthScale.of(0)))
        .containsExactly(Double.POSITIVE_INFINITY, 0.0);
    assertThat(DepthScale.of(Double.NaN)).isNaN();
  }

  private static Kind kind(Activation activation, double weight, double bias) {
    return Propagation.of(activation, new Variances(weight, bias)).length().kind();
  }
}
