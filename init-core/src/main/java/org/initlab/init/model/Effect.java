package org.initlab.init.model;

import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;

/** What a layer does to the numbers that pass it. */
public sealed interface Effect {

  /** Data come in. */
  record Input() implements Effect {}

  /**
   * Sums of weighted inputs, kernel after kernel, a bias and an activation.
   *
   * @param kernels one, or several in turn as in a separable convolution
   * @param biasVariance of the mean square of biases
   * @param activation f; empty where the layer's is not in our table, like softmax
   */
  record Weighted(List<Drawn> kernels, double biasVariance, Optional<Activation> activation)
      implements Effect {
    public Weighted {
      kernels = List.copyOf(kernels);
    }
  }

  /** A row of a table for each input number. */
  record Lookup(Drawn table) implements Effect {}

  /** A recurrent layer, whose signal is not predicted. */
  record Recurrent(List<Drawn> kernels) implements Effect {
    public Recurrent {
      kernels = List.copyOf(kernels);
    }
  }

  /**
   * An activation alone.
   *
   * @param activation empty where it is not in our table
   */
  record Activate(Optional<Activation> activation) implements Effect {}

  /** Mean 0 and variance 1 are given to every channel, or to every example. */
  record Normalize() implements Effect {}

  /** The sum of several inputs, times a number. */
  record Sum(double factor) implements Effect {}

  /** Several inputs side by side. */
  record Concatenate() implements Effect {}

  /** The largest of a window. */
  record MaxPool() implements Effect {}

  /**
   * The mean of a window.
   *
   * @param window numbers in it; NaN where it is not known
   */
  record AveragePool(double window) implements Effect {}

  /** The numbers stay as they are before any training: flatten, dropout, reshape. */
  record Pass() implements Effect {}

  /** Not known; taken for {@link Pass}, with a notice. */
  record Unknown() implements Effect {}
}
