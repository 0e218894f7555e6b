package org.initlab.experiment.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Each rule on one parameter, written out in double precision as its paper has it. */
class DescentsTest {

  private static final double[] GRADIENTS = {0.5, -0.2, 0.7, 0.1, -0.9};
  private static final float RATE = 0.1f;

  /** Runs a rule on element 2 of 4 and returns where it comes to, starting from 1. */
  private static double run(Descent rule) {
    float[] w = {1, 1, 1, 1};
    for (int t = 1; t <= GRADIENTS.length; t++) {
      float g = (float) GRADIENTS[t - 1];
      rule.update(w, new float[] {9, 9, g, 9}, 2, 3, RATE, t);
    }
    assertThat(new float[] {w[0], w[1], w[3]}).containsOnly(1);
    return w[2];
  }

  /** The same of a rule in double precision, for one parameter. */
  private static double run(DoubleDescent rule) {
    double[] w = {1};
    for (int t = 1; t <= GRADIENTS.length; t++) {
      rule.update(w, new double[] {GRADIENTS[t - 1]}, 0.1, t);
    }
    return w[0];
  }

  @Test
  void sgd() {
    double w = 1;
    for (double g : GRADIENTS) {
      w -= 0.1 * g;
    }
    assertThat(run(Descents.sgd())).isCloseTo(w, within(1e-6));
    assertThat(run(DoubleDescents.sgd())).isCloseTo(w, within(1e-15));
  }

  @Test
  void momentum() {
    double w = 1;
    double v = 0;
    for (double g : GRADIENTS) {
      v = 0.8 * v - 0.1 * g;
      w += v;
    }
    assertThat(run(Descents.momentum(4, 0.8f))).isCloseTo(w, within(1e-6));
    assertThat(run(DoubleDescents.momentum(1, 0.8))).isCloseTo(w, within(1e-15));
  }

  /** Sutskever's form, whose point that looks ahead is {@code theta + momentum v}. */
  @Test
  void nesterov() {
    double theta = 1;
    double v = 0;
    for (double g : GRADIENTS) {
      v = 0.8 * v - 0.1 * g;
      theta += v;
    }
    assertThat(run(Descents.nesterov(4, 0.8f))).isCloseTo(theta + 0.8 * v, within(1e-6));
    assertThat(run(DoubleDescents.nesterov(1, 0.8))).isCloseTo(theta + 0.8 * v, within(1e-15));
  }

  @Test
  void rmsProp() {
    double w = 1;
    double v = 1e-8;
    for (double g : GRADIENTS) {
      v = 0.9 * v + 0.1 * g * g;
      w -= 0.1 * g / (Math.sqrt(v) + 1e-8);
    }
    assertThat(run(Descents.rmsProp(4, 0.9f, 1e-8f))).isCloseTo(w, within(1e-6));
    assertThat(run(DoubleDescents.rmsProp(1, 0.9, 1e-8))).isCloseTo(w, within(1e-15));
  }

  /** Algorithm 1 of Kingma and Ba, whose epsilon stands elsewhere; it is too small to tell. */
  @Test
  void adam() {
    double w = 1;
    double exact = 1;
    double m = 0;
    double v = 0;
    for (int t = 1; t <= GRADIENTS.length; t++) {
      double g = GRADIENTS[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double mean = m / (1 - Math.pow(0.9, t));
      double root = Math.sqrt(v / (1 - Math.pow(0.999, t)));
      w -= 0.1 * mean / (root + 1e-8);
      exact -= 0.1 * mean / root;
    }
    assertThat(run(Descents.adam(4, 0.9, 0.999, 1e-8f))).isCloseTo(w, within(1e-5));
    // In the paper's form epsilon is divided by sqrt(1 - b^t), at most 32 times: 3e-7 of a step.
    assertThat(run(DoubleDescents.adam(1, 0.9, 0.999, 1e-8))).isCloseTo(w, within(3e-7));
    assertThat(run(DoubleDescents.adam(1, 0.9, 0.999, 0))).isCloseTo(exact, within(1e-14));
  }
}
