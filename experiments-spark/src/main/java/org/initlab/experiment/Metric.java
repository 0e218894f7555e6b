package org.initlab.experiment;

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
   * Whether it needs examples that are kept apart for validation. Studies may ask for such a metric
   * only where {@code validation_examples} is above 0.
   */
  default boolean validates() {
    return false;
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
