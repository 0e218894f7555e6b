package org.initlab.experiment.report;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's correction (1979) of several p-values: the i-th smallest of m is multiplied by m - i + 1,
 * and none may fall below a smaller one's. Whoever takes all below 0.05 for found errs in one of
 * them or more with a probability of at most 0.05.
 */
final class Holm {

  private Holm() {}

  /** The corrected p-values, in the order given. */
  static double[] corrected(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] corrected = new double[p.length];
    double floor = 0;
    for (int i = 0; i < order.length; i++) {
      floor = Math.min(1, Math.max(floor, (p.length - i) * p[order[i]]));
      corrected[order[i]] = floor;
    }
    return corrected;
  }
}
