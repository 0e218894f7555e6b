package org.initlab.experiment.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;
import org.initlab.experiment.trial.Costs;
import org.initlab.experiment.trial.Engines;

/**
 * The time below which no GPU of a kind trains a study: its FLOPs by the card's peak in single
 * precision outside of tensor cores, which InitLab's kernels use. It is a bound and no estimate:
 * nothing has been measured on a GPU (docs/gpu.md).
 */
final class GpuBound {

  /**
   * A card by its maker's data sheet.
   *
   * @param peak FLOPs a second in single precision
   */
  private record Card(String name, double peak) {}

  private static final List<Card> CARDS =
      List.of(new Card("A100", 19.5e12), new Card("H100 SXM", 67e12));

  private final Map<List<String>, Boolean> known = new HashMap<>();
  private long trials;
  private long training;
  private long able;
  private double flops;

  /** Counts a trial. */
  void add(Trial trial, double cost) {
    trials++;
    if (trial.integer(Argument.STEPS.key()) > 0) { // the CPU looks at snapshots
      training++;
      if (known.computeIfAbsent(Costs.kind(trial), kind -> Engines.couldUseGpu(trial))) {
        able++;
        flops += cost;
      }
    }
  }

  /** What a plan says of GPUs, in a line. */
  String text() {
    if (able == 0) {
      return training > 0
          ? "no engine for GPUs runs these trials; they train on the CPU"
          : "nothing to train; networks are drawn and looked at on the CPU";
    }
    List<String> bounds =
        CARDS.stream()
            .map(
                card ->
                    String.format(
                        Locale.ROOT,
                        "%s on an %s (%s TFLOP/s)",
                        time(flops / card.peak),
                        card.name,
                        number(card.peak / 1e12)))
            .toList();
    return String.format(
        Locale.ROOT,
        "fused-cuda would run %,d of %,d trials, at best in %s: bounds by the cards' peaks, nothing"
            + " was measured",
        able,
        trials,
        String.join(", ", bounds));
  }

  private static String time(double seconds) {
    return seconds < 60 ? String.format(Locale.ROOT, "%.2g s", seconds) : Progress.clock(seconds);
  }

  private static String number(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : "%.1f".formatted(number);
  }
}
