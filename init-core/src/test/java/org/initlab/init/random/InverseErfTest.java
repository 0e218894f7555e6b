package org.initlab.init.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InverseErfTest {

  private static final int BLOCK = 2048;
  private static final float MOST = 1.25f;
  private static final float FIRST = (float) Math.sqrt(2);
  private static final float SECOND = 0.057f;

  /** From -CENTRE to CENTRE in steps of 1e-6 or so: the general way, and the one without tails. */
  @Test
  void withoutTailsIsTheSameToTheBit() {
    InverseErf inverse = new InverseErf(BLOCK);
    int blocks = 1000;
    for (int block = 0; block < blocks; block++) {
      float[] general = new float[BLOCK];
      for (int i = 0; i < BLOCK; i++) {
        double at = (double) (block * BLOCK + i) / (blocks * BLOCK - 1);
        general[i] = (float) ((2 * at - 1) * InverseErf.CENTRE);
      }
      float[] centre = general.clone();
      inverse.apply(general, BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        general[i] = Math.max(-MOST, Math.min(MOST, FIRST * general[i])) * SECOND;
      }
      inverse.applyToCentre(centre, BLOCK, FIRST, MOST, SECOND);
      assertThat(centre).isEqualTo(general);
    }
  }

  /** Where the ways part, and on both sides: erf of the inverse is the number. */
  @Test
  void isTheInverse() {
    float edge = InverseErf.CENTRE;
    float[] x = {
      -0.9999f, -edge, -0.5f, 0, 1e-6f, 0.5f, Math.nextDown(edge), edge, 0.9967f, 0.99999f
    };
    float[] inverse = x.clone();
    new InverseErf(x.length).apply(inverse, x.length);
    for (int i = 0; i < x.length; i++) {
      assertThat(NormalCurve.erf(inverse[i])).isCloseTo(x[i], within(2e-7));
    }
  }
}
