package org.initlab.experiment.trial;

import org.initlab.init.Activation;

/**
 * On which side of its activation's kinks every unit of a network is, for every example: there the
 * activation goes on as it is at that place, also where a unit's sum has meanwhile crossed a kink.
 * Straight pieces go on exactly; a curved one (SELU's and ELU's left) along its tangent, which over
 * the small steps of a derivative is as good.
 *
 * @param sums of each layer at that place, before the activation, by layer from 1
 */
record Sides(double[][] sums) {

  /** f(s) of the unit {@code i} of a layer. */
  double of(Activation f, int layer, int i, double s) {
    double there = sums[layer][i];
    return crosses(f, there, s) ? f.of(there) + f.slope(there) * (s - there) : f.of(s);
  }

  /** f'(s) of the unit {@code i} of a layer. */
  double slope(Activation f, int layer, int i, double s) {
    double there = sums[layer][i];
    return f.slope(crosses(f, there, s) ? there : s);
  }

  private static boolean crosses(Activation f, double there, double s) {
    return switch (f) {
      case RELU, LEAKY_RELU, ELU, SELU -> (there > 0) != (s > 0);
      case HARD_TANH -> (Math.abs(there) < 1) != (Math.abs(s) < 1);
      default -> false;
    };
  }
}
