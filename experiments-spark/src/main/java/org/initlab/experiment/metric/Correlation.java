package org.initlab.experiment.metric;

import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * The correlation of two inputs on their way through the layers: {@code c = s.s' / (|s| |s'|)} of
 * their pre-activations s and s', uncentred, the mean over the pairs of probe examples (1, 2), (3,
 * 4), ... of which there are at most {@value #PAIRS} (Poole et al. 2016, section 2). NaN where a
 * signal has died or is no number. A probe of one example has no rows.
 *
 * <p>It is not Pearson's correlation, which takes the units' mean away.
 */
final class Correlation implements Metric {

  /** Few, because theory integrates over each pair in each layer. */
  private static final int PAIRS = 4;

  /** Pairs in a probe. */
  static int pairs(Snapshot at) {
    return Math.min(PAIRS, at.probeExamples() / 2);
  }

  @Override
  public String name() {
    return "correlation";
  }

  @Override
  public String says() {
    return "correlation (cosine) of two inputs' pre-activations in each layer, mean over 4 pairs";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    int pairs = pairs(at);
    for (int layer = 1; pairs > 0 && layer <= at.layers(); layer++) {
      int n = at.units(layer);
      float[] s = at.preActivations(layer);
      double sum = 0;
      for (int pair = 0; pair < pairs; pair++) {
        int one = 2 * pair;
        double lengths =
            Math.sqrt(product(s, one, one, n)) * Math.sqrt(product(s, one + 1, one + 1, n));
        sum += product(s, one, one + 1, n) / lengths;
      }
      sink.record(name(), layer, sum / pairs);
    }
  }

  /** The mean product of two rows of {@code n} numbers. */
  static double product(float[] rows, int one, int other, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (double) rows[one * n + i] * rows[other * n + i];
    }
    return sum / n;
  }
}
