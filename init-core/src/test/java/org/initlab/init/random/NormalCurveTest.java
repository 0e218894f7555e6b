package org.initlab.init.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalCurveTest {

  /** Abramowitz and Stegun 1964, table 7.1 and table 26.2. */
  @Test
  void agreesWithTheTables() {
    assertThat(NormalCurve.erf(0.5)).isCloseTo(0.5204998778130465, within(1e-15));
    assertThat(NormalCurve.erf(-1)).isCloseTo(-0.8427007929497149, within(1e-15));
    assertThat(NormalCurve.erf(3.5)).isCloseTo(0.9999992569016276, within(1e-15));
    assertThat(NormalCurve.cdf(1)).isCloseTo(0.8413447460685429, within(1e-15));
    assertThat(NormalCurve.cdf(-5)).isCloseTo(2.8665157187919391e-7, within(1e-20));
    assertThat(NormalCurve.density(0)).isCloseTo(0.3989422804014327, within(1e-16));
  }

  @Test
  void theInverseUndoesErf() {
    float[] block = new float[20_001];
    for (int i = 0; i < block.length; i++) {
      block[i] = (i - 10_000) / 10_000.5f;
    }
    float[] inverse = block.clone();
    new InverseErf(block.length).apply(inverse, inverse.length);
    for (int i = 0; i < block.length; i++) {
      assertThat(NormalCurve.erf(inverse[i]))
          .as("erf(erfinv(%s))", block[i])
          .isCloseTo(block[i], within(2 * (double) Math.ulp(1f)));
    }
  }
}
