package org.initlab.init.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.initlab.init.Activation;
import org.initlab.init.random.NormalCurve;

/**
 * The largest of f(s) over a window of normal sums s, of which each two are equally correlated.
 *
 * <p>Formula: s = m + sqrt(p - m^2) a + sqrt(q - p) e, with q the mean square of the sums, p the
 * mean product of two, m their mean, a standard normal and shared, e standard normal and each sum's
 * own. Given a, the largest of n is at most y with probability P(f(s) &lt;= y)^n; what is expected
 * of it is an integral over that law, and then over a. Source: the law of an extreme, as in David
 * and Nagaraja, Order Statistics, 2003, equation 2.1.1.
 *
 * @param crowd the moments of the largest
 * @param slopeSquare E[f'(s)^2] at the sum whose f is the largest: the gradient goes there alone
 */
record Largest(Crowd crowd, double slopeSquare) {

  private static final double REACH = 8;
  private static final int SHARED_POINTS = 60;
  private static final int OWN_POINTS = 1600;

  /** Of e in each of the cells around the points. */
  private static final double[] PROBABILITIES = probabilities();

  private static double[] probabilities() {
    double step = 2 * REACH / OWN_POINTS;
    return IntStream.range(0, OWN_POINTS)
        .mapToDouble(i -> -REACH + i * step)
        .map(left -> NormalCurve.cdf(left + step) - NormalCurve.cdf(left))
        .toArray();
  }

  /**
   * Of a window of n sums.
   *
   * @param sums their moments, taken as normal; finite, the square above 0
   * @param n how many, at least 1; where windows reach over an edge a mean, and no whole number
   */
  static Largest of(Activation f, Crowd sums, double n) {
    double common = Math.sqrt(Math.max(0, sums.shared() - sums.mean() * sums.mean()));
    double own = Math.sqrt(Math.max(0, sums.square() - sums.shared()));
    int points = common == 0 ? 1 : SHARED_POINTS;
    double step = 2 * REACH / points;
    double mean = 0;
    double square = 0;
    double shared = 0;
    double slope = 0;
    for (int i = 0; i < points; i++) {
      double a = common == 0 ? 0 : -REACH + (i + 0.5) * step;
      double weight = common == 0 ? 1 : NormalCurve.density(a) * step;
      double[] given = given(f, sums.mean() + common * a, own, n);
      mean += weight * given[0];
      square += weight * given[1];
      shared += weight * given[0] * given[0];
      slope += weight * given[2];
    }
    return new Largest(new Crowd(square, shared, mean), slope);
  }

  /** Expected value, square, and squared slope of the largest of f(centre + own e). */
  private static double[] given(Activation f, double centre, double own, double n) {
    double step = 2 * REACH / OWN_POINTS;
    double[] value = new double[OWN_POINTS];
    boolean rising = true;
    for (int i = 0; i < OWN_POINTS; i++) {
      value[i] = f.of(centre + own * (-REACH + (i + 0.5) * step));
      rising &= i == 0 || value[i] >= value[i - 1];
    }
    int[] order = IntStream.range(0, OWN_POINTS).toArray();
    if (!rising) {
      order =
          Arrays.stream(order)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> value[i]))
              .mapToInt(i -> i)
              .toArray();
    }
    double[] moments = new double[3];
    double below = 0;
    double belowAll = 0;
    for (int i : order) {
      below += PROBABILITIES[i];
      double all = Math.pow(Math.min(1, below), n);
      double weight = all - belowAll;
      belowAll = all;
      double slope = f.slope(centre + own * (-REACH + (i + 0.5) * step));
      moments[0] += weight * value[i];
      moments[1] += weight * value[i] * value[i];
      moments[2] += weight * slope * slope;
    }
    return moments;
  }
}
