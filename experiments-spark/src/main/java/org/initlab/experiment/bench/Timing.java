package org.initlab.experiment.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The time of an update over several rounds, in microseconds.
 *
 * @param median of the rounds' processor times
 * @param spread largest less smallest of them, as a part of the median
 * @param wall median of the rounds by the wall clock
 */
public record Timing(double median, double spread, double wall) {

  /** Of an update's time in each round. */
  static Timing of(List<Span> rounds) {
    double[] cpu = sorted(rounds, Span::cpuSeconds);
    return new Timing(
        median(cpu),
        (cpu[cpu.length - 1] - cpu[0]) / median(cpu),
        median(sorted(rounds, Span::wallSeconds)));
  }

  private static double[] sorted(List<Span> rounds, ToDoubleFunction<Span> seconds) {
    return rounds.stream().mapToDouble(seconds).map(s -> s * 1e6).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
