package org.initlab.init.model;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * The squared gradient that reaches a layer, apart by the window it comes from.
 *
 * <p>A maximum sends its gradient to one number of its window, and large numbers stand where an
 * activation's slope is not what it is at others.
 */
final class Inflow {

  /** Squared gradients by the numbers of the window whose largest they belong to; 1 for all. */
  private final Map<Double, Double> byWindow = new TreeMap<>();

  static Inflow plain(double square) {
    Inflow inflow = new Inflow();
    inflow.byWindow.put(1.0, square);
    return inflow;
  }

  double total() {
    return byWindow.values().stream().mapToDouble(v -> v).sum();
  }

  void add(Inflow other, double factor) {
    other.byWindow.forEach((n, square) -> byWindow.merge(n, square * factor, Double::sum));
  }

  /** The same behind a maximum of n numbers. */
  Inflow largestOf(double n) {
    Inflow all = new Inflow();
    byWindow.forEach((window, square) -> all.byWindow.merge(window * n, square, Double::sum));
    return all;
  }

  /** The mean of a quantity over what flows in. */
  double mean(DoubleUnaryOperator ofWindow) {
    double total = total();
    boolean weighs = total > 0 && total < Double.POSITIVE_INFINITY;
    double sum = 0;
    for (Map.Entry<Double, Double> each : byWindow.entrySet()) {
      double part = weighs ? each.getValue() / total : 1.0 / byWindow.size();
      sum += part == 0 ? 0 : part * ofWindow.applyAsDouble(each.getKey());
    }
    return sum;
  }
}
