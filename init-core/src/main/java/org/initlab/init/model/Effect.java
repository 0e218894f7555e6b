package org.initlab.init.model;

import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.Initializer;

/** What a layer does to the numbers that pass it. */
public sealed interface Effect {

  /** Data come in. */
  record Input() implements Effect {}

  /**
   * Sums of weighted inputs, kernel after kernel, a bias and an activation.
   *
   * @param kernels one, or several in turn as in a separable convolution
   * @param biasVariance the mean square of biases
   * @param biases draws them
   * @param activation f; empty where the layer's is not in our table, like softmax
   */
  record Weighted(
      List<Drawn> kernels, double biasVariance, Initializer biases, Optional<Activation> activation)
      implements Effect {
    public Weighted {
      kernels = List.copyOf(kernels);
    }

    /** The same layer with other kernels. */
    public Weighted with(List<Drawn> others) {
      return new Weighted(others, biasVariance, biases, activation);
    }

    /** The product of n Var(w) over the kernels: by what a mean square grows. */
    public double gain() {
      return kernels.stream()
          .mapToDouble(k -> k.gathers() * k.variance())
          .reduce(1, (a, b) -> a * b);
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

  /** Over what a normalization takes its mean and variance. */
  enum Over {
    /** Each channel, over examples and places. */
    BATCH,
    /** Each example, and each place of it, over some axes. */
    AXES,
    /** Each example's groups of channels, over places. */
    GROUPS
  }

  /**
   * Mean 0 and variance 1 are given to what belongs together.
   *
   * @param over what belongs together
   * @param axes of the shape without the batch: that of the channels, or for {@link Over#AXES}
   *     those that are normalized over
   * @param groups of channels, for {@link Over#GROUPS}
   * @param epsilon added to the variance
   * @param scale the mean square of what the result is multiplied by before any training
   */
  record Normalize(Over over, List<Integer> axes, long groups, double epsilon, double scale)
      implements Effect {
    public Normalize {
      axes = List.copyOf(axes);
    }
  }

  /** The sum of several inputs, times a number. */
  record Sum(double factor) implements Effect {}

  /** Several inputs side by side, along an axis of the shape without the batch. */
  record Concatenate(int axis) implements Effect {}

  /** The largest of a window. */
  record MaxPool(Window window) implements Effect {}

  /** The mean of a window, of those numbers in it that are no padding. */
  record AveragePool(Window window) implements Effect {}

  /** The numbers stay as they are before any training: flatten, dropout, reshape. */
  record Pass() implements Effect {}

  /** How numbers change places. */
  enum Way {
    /** Zeros stand before and behind; the numbers are those before, an axis each. */
    PAD,
    /** Some are cut off before and behind; the numbers are those before. */
    CROP,
    /** Each stands several times in a row; the numbers are how many, an axis each. */
    REPEAT,
    /** Axes change; the numbers are which axis of the input stands there. */
    PERMUTE
  }

  /** Numbers change places, by as many along each axis of the shape without the batch. */
  record Move(Way way, List<Long> by) implements Effect {
    public Move {
      by = List.copyOf(by);
    }
  }

  /** Not known; taken for {@link Pass}, with a notice. */
  record Unknown() implements Effect {}
}
