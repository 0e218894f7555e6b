package org.initlab.experiment.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A tensor's numbers at a glance, in plain characters. */
final class Histogram {

  private static final int BINS = 21;
  private static final int WIDTH = 50;

  private Histogram() {}

  /** Moments in one line, then a bar a bin from the smallest to the largest. */
  static List<String> lines(float[] values) {
    if (values.length == 0) {
      return List.of("0 weights.");
    }
    double mean = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (float w : values) {
      mean += (double) w / values.length;
      low = Math.min(low, w);
      high = Math.max(high, w);
    }
    double second = 0;
    double fourth = 0;
    int[] count = new int[BINS];
    for (float w : values) {
      double square = (w - mean) * (w - mean);
      second += square / values.length;
      fourth += square * square / values.length;
      count[high > low ? (int) Math.min(BINS - 1, (w - low) / (high - low) * BINS) : 0]++;
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d weights: mean %.4g, deviation %.4g, variance %.4g, kurtosis %s, from %.4g to %.4g",
            values.length,
            mean,
            Math.sqrt(second),
            second,
            second > 0 ? String.format(Locale.ROOT, "%.3f", fourth / second / second) : "none",
            low,
            high));
    int most = 0;
    for (int n : count) {
      most = Math.max(most, n);
    }
    for (int i = 0; i < (high > low ? BINS : 1); i++) {
      String bar = "#".repeat((int) Math.round((double) WIDTH * count[i] / most));
      double middle = high > low ? low + (i + 0.5) * (high - low) / BINS : low;
      lines.add(String.format(Locale.ROOT, "%11.4g %-" + WIDTH + "s %d", middle, bar, count[i]));
    }
    return lines;
  }
}
