package org.initlab.init.theory;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * An expectation over two correlated normal variables by brute force: panels in the plane, graded
 * towards every kink. It shares no formula with what it checks, and takes a million evaluations.
 */
final class PlaneIntegral {

  private static final GaussLegendre RULE = GaussLegendre.of(12);
  private static final double REACH = 9;

  private PlaneIntegral() {}

  /** E[g(x) g(y)] with variances q1 and q2 and correlation c; g may have kinks at -1, 0 and 1. */
  static double of(DoubleUnaryOperator g, double q1, double q2, double c) {
    double s1 = Math.sqrt(q1);
    double s2 = Math.sqrt(q2);
    double rest = Math.sqrt((1 - c) * (1 + c));
    // Beside where x has a kink, where y's conditional mean crosses one.
    double[] outer = {0, 1 / s1, -1 / s1, 1 / (s2 * c), -1 / (s2 * c)};
    return line(
        z ->
            g.applyAsDouble(s1 * z)
                * line(
                    t -> g.applyAsDouble(s2 * (c * z + rest * t)),
                    1 / (s2 * rest),
                    -c * z / rest,
                    (1 / s2 - c * z) / rest,
                    (-1 / s2 - c * z) / rest),
        Math.min(1 / s1, rest),
        outer);
  }

  /** E[h(z)], z standard normal, with panels graded towards each of {@code centres}. */
  private static double line(DoubleUnaryOperator h, double finest, double... centres) {
    double[] edges =
        DoubleStream.concat(
                DoubleStream.iterate(-REACH, z -> z <= REACH, z -> z + 1),
                Arrays.stream(centres)
                    .filter(Double::isFinite)
                    .flatMap(
                        m ->
                            DoubleStream.concat(
                                DoubleStream.of(m),
                                DoubleStream.iterate(
                                        Math.min(0.25, finest / 4), d -> d < 2, d -> d * 2)
                                    .flatMap(d -> DoubleStream.of(m - d, m + d)))))
            .filter(z -> Math.abs(z) <= REACH)
            .sorted()
            .toArray();
    double sum = 0;
    for (int k = 1; k < edges.length; k++) {
      double half = (edges[k] - edges[k - 1]) / 2;
      for (int i = 0; half > 1e-15 && i < RULE.size(); i++) {
        double z = edges[k - 1] + half * (1 + RULE.nodes()[i]);
        sum += half * RULE.weights()[i] * Math.exp(-z * z / 2) * h.applyAsDouble(z);
      }
    }
    return sum / Math.sqrt(2 * Math.PI);
  }
}
