package org.initlab.experiment.report;

import java.util.Arrays;
import java.util.Collection;
import org.initlab.init.random.Key;

/**
 * The 95 % percentile interval of a mean over resampled repeats (Efron 1979): the repeats are drawn
 * {@value #RESAMPLES} times with replacement, by a fixed key, and the interval runs from the 2.5th
 * to the 97.5th percentile of the means. It asks for no law of the values. It is too narrow for few
 * of them: by about sqrt((n - 1) / n) and by the tails of Student's law, so that it covers some 81
 * % and not 95 % at n = 5. Below 10 repeats prefer {@link Interval}.
 */
final class Bootstrap {

  private static final int RESAMPLES = 4000;
  private static final Key KEY = Key.of(1979).at("bootstrap");

  private Bootstrap() {}

  /** The interval; null ends as {@link Interval} has them. */
  static Interval of(Collection<? extends Number> values) {
    Interval plain = Interval.of(values);
    if (plain.mean() == null || plain.n() < 2) {
      return plain;
    }
    double[] finite = Interval.finite(values);
    int n = finite.length;
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += finite[KEY.below((long) r * n + i, n)];
      }
      means[r] = sum / n;
    }
    Arrays.sort(means);
    return new Interval(
        plain.mean(), quantile(means, 0.025), quantile(means, 0.975), plain.n(), plain.lost());
  }

  private static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int below = (int) at;
    double part = at - below;
    return sorted[below] + part * (sorted[Math.min(below + 1, sorted.length - 1)] - sorted[below]);
  }
}
