package org.initlab.experiment.trial;

import org.initlab.init.Activation;

/**
 * On which side of its activation's kinks every unit of a network is, for every example: there the
 * activation goes on as it is at that place, also where a unit's sum has meanwhile crossed a kink.
 * Every piece goes on by its own formula: straight, or ELU's and SELU's exponential.
 *
 * @param sums of each layer at that place, before the activation, by layer from 1
 * @param taken which numbers the maxima took there, by layer from 1 and pooling: they go on taking
 *     them
 */
record Sides(double[][] sums, int[][][] taken) {

  /** f(s) of the unit {@code i} of a layer. */
  double of(Activation f, int layer, int i, double s) {
    double there = sums[layer][i];
    if (!crosses(f, there, s)) {
      return f.of(s);
    }
    return bends(f, there)
        ? -bottom(f) * Math.expm1(s)
        : f.of(there) + f.slope(there) * (s - there);
  }

  /** f'(s) of the unit {@code i} of a layer. */
  double slope(Activation f, int layer, int i, double s) {
    double there = sums[layer][i];
    if (!crosses(f, there, s)) {
      return f.slope(s);
    }
    return bends(f, there) ? -bottom(f) * Math.exp(s) : f.slope(there);
  }

  /** Whether the piece is the exponential {@code -bottom (e^s - 1)}. */
  private static boolean bends(Activation f, double there) {
    return there <= 0 && (f == Activation.ELU || f == Activation.SELU);
  }

  /** What f falls to far on the left. */
  private static double bottom(Activation f) {
    return f.of(-100);
  }

  private static boolean crosses(Activation f, double there, double s) {
    return switch (f) {
      case RELU, LEAKY_RELU, ELU, SELU -> (there > 0) != (s > 0);
      case HARD_TANH -> (Math.abs(there) < 1) != (Math.abs(s) < 1);
      default -> false;
    };
  }
}
