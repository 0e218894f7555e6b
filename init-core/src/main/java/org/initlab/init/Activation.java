package org.initlab.init;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.initlab.init.random.NormalCurve;

/**
 * An element-wise nonlinearity: f, its derivative f', and the interval in which its outputs lie.
 * One row of this table is all that the rest of the platform needs to know of an activation.
 */
public enum Activation {
  IDENTITY(x -> x, x -> 1, -4, 4),
  RELU(x -> Math.max(x, 0), x -> x > 0 ? 1 : 0, 0, 4),
  LEAKY_RELU(x -> x > 0 ? x : 0.01 * x, x -> x > 0 ? 1 : 0.01, -1, 4),
  ELU(x -> x > 0 ? x : Math.expm1(x), x -> x > 0 ? 1 : Math.exp(x), -1, 4),
  SELU(Activation::selu, Activation::seluSlope, -1.7580993408473766, 4),
  /** Exact, by the normal cdf (Hendrycks and Gimpel 2016), not the approximation by tanh. */
  GELU(x -> x * NormalCurve.cdf(x), x -> NormalCurve.cdf(x) + x * NormalCurve.density(x), -1, 4),
  SILU(x -> x * logistic(x), x -> logistic(x) * (1 + x * (1 - logistic(x))), -1, 4),
  MISH(Activation::mish, Activation::mishSlope, -1, 4),
  TANH(
      Math::tanh,
      x -> {
        double t = Math.tanh(x);
        return 1 - t * t;
      },
      -1,
      1),
  SIGMOID(Activation::logistic, x -> logistic(x) * (1 - logistic(x)), 0, 1),
  SOFTSIGN(
      x -> x / (1 + Math.abs(x)),
      x -> {
        double d = 1 + Math.abs(x);
        return 1 / (d * d);
      },
      -1,
      1),
  HARD_TANH(x -> Math.max(-1, Math.min(1, x)), x -> Math.abs(x) < 1 ? 1 : 0, -1, 1),
  ERF(NormalCurve::erf, x -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x), -1, 1),
  SIN(Math::sin, Math::cos, -1, 1),
  SOFTPLUS(Activation::softplus, Activation::logistic, 0, 4);

  private final DoubleUnaryOperator function;
  private final DoubleUnaryOperator derivative;
  private final double low;
  private final double high;

  Activation(
      DoubleUnaryOperator function, DoubleUnaryOperator derivative, double low, double high) {
    this.function = function;
    this.derivative = derivative;
    this.low = low;
    this.high = high;
  }

  /** f(x). */
  public double of(double x) {
    return function.applyAsDouble(x);
  }

  /** f'(x); at a kink, the derivative from the left. */
  public double slope(double x) {
    return derivative.applyAsDouble(x);
  }

  /** Lower end of the range that a histogram of outputs covers: the infimum, or -4 where none. */
  public double low() {
    return low;
  }

  /** Upper end of the range that a histogram of outputs covers: the supremum, or 4 where none. */
  public double high() {
    return high;
  }

  /** The name in studies and tables: {@code hard_tanh}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  /** Klambauer et al. 2017, equation 2. */
  private static double selu(double x) {
    return SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
  }

  private static double seluSlope(double x) {
    return SELU_SCALE * (x > 0 ? 1 : SELU_ALPHA * Math.exp(x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** Misra 2019: {@code x tanh(softplus(x))}. */
  private static double mish(double x) {
    return x * Math.tanh(softplus(x));
  }

  private static double mishSlope(double x) {
    double t = Math.tanh(softplus(x));
    return t + x * (1 - t * t) * logistic(x);
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
