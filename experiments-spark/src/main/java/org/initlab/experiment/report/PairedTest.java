package org.initlab.experiment.report;

import java.util.Arrays;
import java.util.Collection;
import org.apache.commons.math3.distribution.TDistribution;
import org.initlab.init.random.Key;

/**
 * Whether a mean difference over paired repeats is above 0: one-sided p-values, small where it is.
 * Null if a difference is no number or there are fewer than two.
 */
final class PairedTest {

  /** Up to so many differences every pattern of signs is tried. */
  private static final int EXACT = 14;

  private static final int FLIPS = 20_000;
  private static final Key KEY = Key.of(1935).at("signs");

  private PairedTest() {}

  /**
   * Student's paired test: {@code P(T > mean / (s / sqrt(n)))} with n - 1 degrees of freedom. Where
   * all differences are equal it is 0 or 1, or one half if they are 0.
   */
  static Double student(Collection<? extends Number> differences) {
    double[] d = Interval.finite(differences);
    int n = d.length;
    if (n < 2 || n < differences.size()) {
      return null;
    }
    double mean = Arrays.stream(d).average().orElseThrow();
    double squares = Arrays.stream(d).map(v -> (v - mean) * (v - mean)).sum();
    if (squares == 0) {
      return mean > 0 ? 0.0 : mean < 0 ? 1.0 : 0.5;
    }
    double t = mean / Math.sqrt(squares / (n - 1) / n);
    return 1 - new TDistribution(null, n - 1).cumulativeProbability(t);
  }

  /**
   * Fisher's randomization test (1935): if the two of a pair are alike, each difference is as
   * likely to have the other sign; the part of all patterns of signs with at least the mean that
   * was seen. It is never below 2^-n. Above {@value #EXACT} differences {@value #FLIPS} patterns
   * are drawn, and what was seen counts as one of them.
   */
  static Double signs(Collection<? extends Number> differences) {
    double[] d = Interval.finite(differences);
    int n = d.length;
    if (n < 2 || n < differences.size()) {
      return null;
    }
    double seen = Arrays.stream(d).sum();
    // Sums of other orders differ in their last bits.
    double least = seen - 1e-12 * Arrays.stream(d).map(Math::abs).sum();
    return n <= EXACT ? exact(d, least) : drawn(d, least);
  }

  private static double exact(double[] d, double least) {
    long reached = 0;
    long patterns = 1L << d.length;
    for (long pattern = 0; pattern < patterns; pattern++) {
      double sum = 0;
      for (int i = 0; i < d.length; i++) {
        sum += (pattern >> i & 1) == 0 ? d[i] : -d[i];
      }
      reached += sum >= least ? 1 : 0;
    }
    return (double) reached / patterns;
  }

  private static double drawn(double[] d, double least) {
    long reached = 1;
    for (int flip = 0; flip < FLIPS; flip++) {
      double sum = 0;
      for (int i = 0; i < d.length; i++) {
        sum += KEY.below((long) flip * d.length + i, 2) == 0 ? d[i] : -d[i];
      }
      reached += sum >= least ? 1 : 0;
    }
    return (double) reached / (FLIPS + 1);
  }
}
