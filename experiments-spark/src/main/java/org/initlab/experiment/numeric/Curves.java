package org.initlab.experiment.numeric;

import org.initlab.init.Activation;

/** The table from an activation to its curve. */
public final class Curves {

  private static final double SELU_FACTOR = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private Curves() {}

  /** A curve for arrays of at most {@code capacity} elements. */
  public static Curve of(Activation activation, int capacity) {
    return switch (activation) {
      case IDENTITY -> new PiecewiseCurves.Identity();
      case RELU -> new PiecewiseCurves.Relu();
      case LEAKY_RELU -> new PiecewiseCurves.LeakyRelu();
      case HARD_TANH -> new PiecewiseCurves.HardTanh();
      case SOFTSIGN -> new PiecewiseCurves.Softsign();
      case TANH -> new SigmoidCurves.Tanh();
      case SIGMOID -> new SigmoidCurves.Sigmoid(capacity);
      case SILU -> new RectifierCurves.Silu(capacity);
      case ELU -> new RectifierCurves.Elu(capacity, 1, 1);
      case SELU -> new RectifierCurves.Elu(capacity, SELU_FACTOR, SELU_ALPHA);
      case MISH -> new RectifierCurves.Mish(capacity);
      case SOFTPLUS -> new RectifierCurves.Softplus(capacity);
      case ERF -> new ErrorCurves.Erf(capacity);
      case GELU -> new ErrorCurves.Gelu(capacity);
      case SIN -> new Sine(capacity);
    };
  }
}
