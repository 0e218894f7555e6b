package org.initlab.experiment.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.initlab.experiment.Snapshot;
import org.initlab.init.theory.SignalPath;

/**
 * A probe's examples in groups of nearly one length, at most {@value #MOST}, each with what theory
 * makes of its mean: examples one by one where there are no more of them. What the spread inside a
 * group does to a mean is of the order of its square, some 1e-4 for 300 digits.
 */
final class ProbeGroups {

  private static final int MOST = 32;

  /**
   * Some examples.
   *
   * @param share of the probe
   * @param signal what becomes of them
   * @param gradients squared norms |dC/ds|^2, by layer; empty if nobody asked
   */
  record Group(double share, SignalPath.Signal signal, double[] gradients) {

    double length(int layer) {
      return signal.lengths()[layer];
    }
  }

  private final List<Group> groups = new ArrayList<>();
  private double start;

  /** The groups, with gradients if {@code back}. */
  ProbeGroups(Snapshot at, SignalPath path, boolean back) {
    int count = at.probeExamples();
    int last = at.layers();
    double[] squares = squares(at.inputs(), count, at.units(0));
    double[] gradients =
        back ? squares(at.preActivationGradients(last), count, at.units(last)) : new double[count];
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> squares[i]))
            .toList();
    int most = Math.min(MOST, count);
    for (int g = 0; g < most; g++) {
      List<Integer> members = order.subList(g * count / most, (g + 1) * count / most);
      double square = members.stream().mapToDouble(i -> squares[i]).average().orElseThrow();
      double gradient = members.stream().mapToDouble(i -> gradients[i]).average().orElseThrow();
      double share = (double) members.size() / count;
      SignalPath.Signal signal = path.signal(square);
      groups.add(
          new Group(
              share,
              signal,
              back ? path.gradients(signal, gradient * at.units(last)) : new double[0]));
      start += share * square;
    }
  }

  /** The mean square of each row. */
  private static double[] squares(float[] rows, int count, int n) {
    return IntStream.range(0, count).mapToDouble(i -> Correlation.product(rows, i, i, n)).toArray();
  }

  /** The mean square of the probe's numbers. */
  double start() {
    return start;
  }

  /** The mean over the probe. */
  double mean(ToDoubleFunction<Group> value) {
    double sum = 0;
    for (Group group : groups) {
      sum += group.share() * value.applyAsDouble(group);
    }
    return sum;
  }
}
