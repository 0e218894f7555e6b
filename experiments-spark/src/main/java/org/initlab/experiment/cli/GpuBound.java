package org.initlab.experiment.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
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

  private GpuBound() {}

  /** What a plan says of GPUs, in a line. */
  static String of(List<Trial> trials, ToDoubleFunction<Trial> flops) {
    Map<List<String>, Boolean> known = new HashMap<>();
    long able = 0;
    double sum = 0;
    boolean trains = false;
    for (Trial trial : trials) { // a million trials are made one at a time
      boolean learns = trial.integer(Argument.STEPS.key()) > 0; // the CPU looks at snapshots
      trains |= learns;
      if (learns && known.computeIfAbsent(Costs.kind(trial), kind -> Engines.couldUseGpu(trial))) {
        able++;
        sum += flops.applyAsDouble(trial);
      }
    }
    if (able == 0) {
      return trains
          ? "no engine for GPUs runs these trials; they train on the CPU"
          : "nothing to train; networks are drawn and looked at on the CPU";
    }
    double all = sum;
    List<String> bounds =
        CARDS.stream()
            .map(
                card ->
                    String.format(
                        Locale.ROOT,
                        "%s on an %s (%s TFLOP/s)",
                        time(all / card.peak),
                        card.name,
                        text(card.peak / 1e12)))
            .toList();
    return String.format(
        Locale.ROOT,
        "fused-cuda would run %,d of %,d trials, at best in %s: bounds by the cards' peaks, nothing"
            + " was measured",
        able,
        trials.size(),
        String.join(", ", bounds));
  }

  private static String time(double seconds) {
    return seconds < 60 ? String.format(Locale.ROOT, "%.2g s", seconds) : Progress.clock(seconds);
  }

  private static String text(double number) {
    return number == Math.rint(number) ? "%.0f".formatted(number) : "%.1f".formatted(number);
  }
}
