package org.initlab.init.theory;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * An expectation over two normal variables whose correlation is near 1, by panels along and across
 * the diagonal of their plane.
 *
 * <p>Formula: x = s1 (m + d), y = s2 (m - d) with independent normal m and d of variances (1 + c) /
 * 2 and (1 - c) / 2. At each d the panels in m are split where x or y has a kink, at 0 or 1 in
 * size, so that kinks cost nothing; what is left is smooth in d above and below 0.
 *
 * <p>It is not meant for small correlations, where a power series needs a thousandth of the time.
 */
final class DiagonalRule {

  private static final GaussLegendre RULE = GaussLegendre.of(12);

  /** Ends of the panels across, in deviations of d: where x - y is small, and where it is not. */
  private static final double[] NARROW = {0, 2.5, 7.5};

  private static final double[] WIDE = {0, 1, 3, 7.5};

  /** Panels along reach this many deviations and are at most this wide. */
  private static final double REACH = 8;

  private static final double WIDTH = 1.5;

  private DiagonalRule() {}

  /** E[f(x) g(y)] for deviations s1 and s2 and correlation c. */
  static double of(DoubleUnaryOperator f, DoubleUnaryOperator g, double s1, double s2, double c) {
    boolean symmetric = f == g && s1 == s2;
    double along = Math.sqrt((1 + c) / 2);
    double across = Math.sqrt((1 - c) / 2);
    double[] ends = Math.max(s1, s2) * across < 0.5 ? NARROW : WIDE;
    double sum = 0;
    for (int k = 1; k < ends.length; k++) {
      double half = (ends[k] - ends[k - 1]) / 2;
      for (int i = 0; i < RULE.size(); i++) {
        double t = ends[k - 1] + half * (1 + RULE.nodes()[i]);
        double d = t * across;
        double one = line(f, g, s1, s2, along, d);
        double both = one + (symmetric ? one : line(f, g, s1, s2, along, -d));
        sum += half * RULE.weights()[i] * Math.exp(-t * t / 2) * both;
      }
    }
    return sum / (2 * Math.PI);
  }

  private static double line(
      DoubleUnaryOperator f, DoubleUnaryOperator g, double s1, double s2, double along, double d) {
    double[] edges = edges(s1, s2, along, d);
    double sum = 0;
    for (int k = 1; k < edges.length; k++) {
      double half = (edges[k] - edges[k - 1]) / 2;
      for (int i = 0; half > 0 && i < RULE.size(); i++) {
        double m = edges[k - 1] + half * (1 + RULE.nodes()[i]);
        double z = m / along;
        double value = f.applyAsDouble(s1 * (m + d)) * g.applyAsDouble(s2 * (m - d));
        sum += half * RULE.weights()[i] * Math.exp(-z * z / 2) * value;
      }
    }
    return sum / along;
  }

  /** Uniform panels, and finer ones around the kinks at 0, within the activation's scale of 1. */
  private static double[] edges(double s1, double s2, double along, double d) {
    double end = REACH * along;
    int uniform = (int) Math.ceil(2 * end / WIDTH) + 1;
    double[] edges = new double[uniform + fine(s1) + fine(s2)];
    for (int i = 0; i < uniform; i++) {
      edges[i] = Math.min(end, i * WIDTH - end);
    }
    around(-d, s1, end, edges, uniform);
    around(d, s2, end, edges, uniform + fine(s1));
    Arrays.sort(edges);
    return edges;
  }

  /** How many edges {@link #around} sets. */
  private static int fine(double s) {
    return 2 * (quarterings(s) + 1) + 1;
  }

  /** How often a panel is quartered until it is a quarter of the activation's scale. */
  private static int quarterings(double s) {
    return Math.max(0, Math.getExponent(WIDTH * s)) / 2 + 1;
  }

  private static void around(double centre, double s, double end, double[] edges, int from) {
    int at = from;
    edges[at++] = inside(centre, end);
    for (int k = 0; k <= quarterings(s); k++) {
      double offset = Math.scalb(0.25, 2 * k) / s;
      edges[at++] = inside(centre - offset, end);
      edges[at++] = inside(centre + offset, end);
    }
  }

  private static double inside(double m, double end) {
    return Math.max(-end, Math.min(end, m));
  }
}
