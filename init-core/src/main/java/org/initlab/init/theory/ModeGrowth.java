package org.initlab.init.theory;

/**
 * How strongly a linear network with one hidden layer answers one mode of its data, update by
 * update, when modes do not disturb one another.
 *
 * <p>Formula: {@code u(t) = s E / (E - 1 + s / u0)} with {@code E = exp(2 s t / tau)}, which solves
 * {@code tau du/dt = 2 u (s - u)}; half of s is reached at {@code t = tau / (2 s) ln(s / u0 - 1)}.
 * Source: Saxe, McClelland and Ganguli 2013, "Exact solutions to the nonlinear dynamics of learning
 * in deep linear neural networks", equation 12.
 *
 * <p>It is the limit of small steps from weights whose two layers are as strong as each other in
 * the mode, with inputs that are uncorrelated and of equal variance, and without biases. It is not
 * about deeper networks, for which the paper has equation 15.
 *
 * @param target s, the singular value of the correlation of inputs with what is wanted, above 0
 * @param start u0, the strength before any update, above 0
 * @param timeConstant tau in updates, above 0: the inverse of the learning rate where the loss is
 *     the sum over all examples, and their number times that where it is the mean
 */
public record ModeGrowth(double target, double start, double timeConstant) {

  public ModeGrowth {
    above("target", target);
    above("start", start);
    above("timeConstant", timeConstant);
  }

  private static void above(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "The %s of a mode must be a finite number above 0, not %s.".formatted(name, value));
    }
  }

  /** u after {@code t} updates. */
  public double strength(double t) {
    double rest = Math.exp(-2 * target * t / timeConstant); // does not overflow, as E would
    return target / (1 + (target / start - 1) * rest);
  }

  /**
   * Updates until u is this part of s; negative if it has been more from the start.
   *
   * @param part between 0 and 1, both excluded
   */
  public double timeTo(double part) {
    if (!(part > 0 && part < 1)) {
      throw new IllegalArgumentException(
          "The part of a mode that is learned must lie between 0 and 1, not at " + part + ".");
    }
    if (start >= target) {
      return Double.NEGATIVE_INFINITY;
    }
    double odds = part / (1 - part);
    return timeConstant / (2 * target) * Math.log(odds * (target / start - 1));
  }
}
