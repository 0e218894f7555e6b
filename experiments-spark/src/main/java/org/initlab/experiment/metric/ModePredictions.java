package org.initlab.experiment.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.initlab.experiment.Metric.MetricsSink;
import org.initlab.experiment.Snapshot;
import org.initlab.init.Activation;
import org.initlab.init.theory.CorrelationModes.Mode;
import org.initlab.init.theory.ModeGrowth;

/**
 * What the exact solution says of {@code mode_strength} at every step, and of its {@code
 * half_time}: see {@link ModeGrowth}. It has rows for a linear network of one hidden layer without
 * biases, trained by SGD of one rate, on a probe whose inputs are orthogonal and of equal length.
 *
 * <p>The start of a mode is {@code |p + q|^2 / 4}, p and q being what the first kernel hands from
 * the mode's inputs to the hidden layer, and what the second one takes from there to its outputs:
 * while both are small, p + q grows and p - q shrinks at one rate. Where p = q, as the exact
 * solution has it, that is the strength itself. From other starts modes also disturb one another,
 * of which this knows nothing.
 */
final class ModePredictions {

  /** How far products of inputs may be from those of orthogonal ones. */
  private static final double WHITE = 1e-5;

  /** A start beside the greatest, up to which it is rounding: the mode is not in the kernels. */
  private static final double NOTHING = 1e-12;

  private final ProbeModes modes = new ProbeModes();

  /** By the mode's number, from 1. */
  private Map<Integer, ModeGrowth> growths;

  /**
   * Tells what a snapshot should find.
   *
   * @param prefix of the names of rows
   */
  void tell(String prefix, Snapshot at, MetricsSink sink) {
    if (growths == null) {
      growths = at.step() == 0 ? growths(at) : Map.of();
    }
    growths.forEach(
        (mode, growth) -> {
          sink.record(prefix + ModeStrength.NAME, 0, mode, growth.strength(at.step()));
          double half = growth.timeTo(0.5);
          if (at.step() == 0 && half > 0) {
            sink.record(prefix + ModeStrength.HALF_TIME, 0, mode, half);
          }
        });
  }

  private Map<Integer, ModeGrowth> growths(Snapshot at) {
    boolean linear =
        at.layers() == 2
            && at.activation(1) == Activation.IDENTITY
            && at.skip(1).equals(OptionalInt.empty())
            && at.weights(1).length == at.units(0) * at.units(1);
    Optional<Double> length = linear ? commonLength(at) : Optional.empty();
    if (length.isEmpty() || at.steadyRate().isEmpty()) {
      return Map.of();
    }
    double time = at.probeExamples() / at.steadyRate().getAsDouble();
    List<Mode> all = modes.of(at);
    double[] starts = all.stream().mapToDouble(mode -> length.get() * start(at, mode)).toArray();
    double most = Arrays.stream(starts).max().orElse(Double.NaN);
    Map<Integer, ModeGrowth> growths = new TreeMap<>();
    for (int i = 0; i < starts.length && Double.isFinite(most); i++) {
      if (starts[i] > NOTHING * most) {
        growths.put(i + 1, new ModeGrowth(all.get(i).strength(), starts[i], time));
      }
    }
    return growths;
  }

  /** |p + q|^2 / 4 of a mode. */
  private static double start(Snapshot at, Mode mode) {
    float[] first = at.weights(1);
    float[] second = at.weights(2);
    int hidden = at.units(1);
    double sum = 0;
    for (int unit = 0; unit < hidden; unit++) {
      double both = 0;
      for (int i = 0; i < mode.input().length; i++) {
        both += first[i * hidden + unit] * mode.input()[i];
      }
      for (int o = 0; o < mode.output().length; o++) {
        both += second[unit * mode.output().length + o] * mode.output()[o];
      }
      sum += both * both;
    }
    return sum / 4;
  }

  /** The squared length of every input, if they are orthogonal and of one length. */
  private static Optional<Double> commonLength(Snapshot at) {
    int n = at.units(0);
    float[] x = at.inputs();
    double square = product(x, 0, 0, n);
    boolean white =
        square > 0
            && IntStream.range(0, at.probeExamples())
                .allMatch(
                    i ->
                        IntStream.rangeClosed(0, i)
                            .allMatch(
                                j ->
                                    Math.abs(product(x, i, j, n) - (i == j ? square : 0))
                                        <= WHITE * square));
    return white ? Optional.of(square) : Optional.empty();
  }

  private static double product(float[] x, int i, int j, int n) {
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += (double) x[i * n + k] * x[j * n + k];
    }
    return sum;
  }
}
