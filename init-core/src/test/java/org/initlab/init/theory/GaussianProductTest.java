package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianProductTest {

  @Test
  void oneFactorIsTheQuarterCircleAndTheUnitDisc() {
    GaussianProduct one = new GaussianProduct(1);
    for (double s : new double[] {0.01, 0.5, 1, 1.5, 1.99}) {
      double circle = (s * Math.sqrt(4 - s * s) / 2 + 2 * Math.asin(s / 2)) / Math.PI;
      assertThat(one.singularValueShare(s)).isCloseTo(circle, within(1e-12));
    }
    assertThat(one.modulusShare(0.5)).isEqualTo(0.25);
    assertThat(one.modulusShare(3)).isEqualTo(1);
    assertThat(one.singularValueShare(2.5)).isEqualTo(1);
  }

  /** Moments of s^2 are the Fuss-Catalan numbers binomial((N + 1) k, k) / (N k + 1). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 30})
  void momentsAreFussCatalan(int factors) {
    GaussianProduct product = new GaussianProduct(factors);
    int points = 200_000;
    double[] moments = new double[3];
    for (int i = 0; i < points; i++) {
      double square = Math.pow(product.singularValue((i + 0.5) / points), 2);
      for (int k = 1; k <= 3; k++) {
        moments[k - 1] += Math.pow(square, k) / points;
      }
    }
    double n = factors;
    assertThat(moments[0]).isCloseTo(1, within(1e-3));
    assertThat(moments[1] / (n + 1)).isCloseTo(1, within(1e-3));
    double third = (3 * n + 3) * (3 * n + 2) / 6;
    assertThat(moments[2] / third).isCloseTo(1, within(3e-3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100, 1000})
  void valuesAndSharesAreEachOthersInverse(int factors) {
    GaussianProduct product = new GaussianProduct(factors);
    for (double share : new double[] {1e-6, 0.1, 0.5, 0.9, 0.999}) {
      if (factors < 1000 || share > 0.4) { // 0.1^500 is no double
        assertThat(product.singularValueShare(product.singularValue(share)))
            .isCloseTo(share, within(1e-9));
        assertThat(product.modulusShare(product.modulus(share))).isCloseTo(share, within(1e-12));
      }
    }
    assertThat(Math.pow(product.singularValue(1), 2) / JacobianSpectrum.largestOfLinear(factors))
        .isCloseTo(1, within(1e-6));
    assertThat(product.singularValue(0)).isLessThan(1e-15);
  }

  /** Of 400 factors, values go with the N-th power of the square root of their share. */
  @Test
  void manyFactorsHaveTheTriangularLaw() {
    GaussianProduct product = new GaussianProduct(400);
    for (double share : new double[] {0.2, 0.5, 0.8}) {
      assertThat(Math.log(product.singularValue(share)) / 400)
          .isCloseTo(Math.log(share) / 2, within(0.01));
    }
  }

  @Test
  void noFactorIsRefused() {
    assertThatThrownBy(() -> new GaussianProduct(0)).hasMessageContaining("at least 1 factor");
  }
}
