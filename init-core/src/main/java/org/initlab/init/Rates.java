package org.initlab.init;

/**
 * By what a layer's learning rates are multiplied, so that a network of any width or depth learns
 * like the one whose rate was tuned. Both are 1 in the standard parametrization.
 *
 * <p>A parametrization that multiplies a tensor by m in the forward pass, {@code W = m w}, is told
 * here by what it does to W itself: the initializer draws {@code m w}, and the rate is multiplied
 * by m^2 for updates in proportion to the gradient, by m for normalized ones (Yang and Hu 2021,
 * section 3, the symmetry of abc-parametrizations).
 *
 * @param kernel the factor for the kernel, at least 0
 * @param bias the factor for the bias, at least 0
 */
public record Rates(double kernel, double bias) {

  /** The standard parametrization's. */
  public static final Rates ONE = new Rates(1, 1);

  /** How an optimizer's update depends on the size of the gradient. */
  public enum Rule {
    /** In proportion to it: SGD, momentum, Nesterov. */
    PROPORTIONAL,
    /** Not at all: Adam, RMSProp. */
    NORMALIZED
  }

  public Rates {
    if (!(kernel >= 0) || !(bias >= 0) || Double.isInfinite(kernel + bias)) {
      throw new IllegalArgumentException(
          "Factors of a learning rate are finite and at least 0, not %s and %s."
              .formatted(kernel, bias));
    }
  }
}
