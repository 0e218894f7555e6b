package org.initlab.experiment;

import java.util.Set;

/** Turns a snapshot of a trial into numbers. A trial has its own metrics; they may remember it. */
public interface Metric {

  /** The name in studies, in snake_case. */
  String name();

  /** What it says, in a sentence, with its unit. */
  String says();

  /**
   * Whether it takes every kernel for a matrix from the units of one layer to those of the next.
   * Such a metric has no meaning where layers are convolutions, and studies may not ask for it.
   */
  default boolean takesKernelsForMatrices() {
    return false;
  }

  /**
   * What it asks a snapshot for. A GPU that trains many networks finds the rest where their weights
   * lie, and sends these only to a metric that needs the {@link Need#NETWORK}. Studies may ask for
   * a metric that needs {@link Need#VALIDATION} only where {@code validation_examples} is above 0.
   */
  default Set<Need> needs() {
    return Set.of(Need.NETWORK);
  }

  /** Measures the snapshot. */
  void measure(Snapshot at, MetricsSink sink);

  /** Where a metric puts its numbers; the step is the snapshot's. */
  @FunctionalInterface
  interface MetricsSink {

    void record(String metric, int layer, int bin, double value);

    /** A number of one layer. */
    default void record(String metric, int layer, double value) {
      record(metric, layer, -1, value);
    }

    /** A number of the network. */
    default void record(String metric, double value) {
      record(metric, 0, -1, value);
    }
  }
}
