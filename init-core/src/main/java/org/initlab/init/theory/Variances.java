package org.initlab.init.theory;

/**
 * The two numbers that place a wide network in its phase diagram: the variance of weights times
 * fan-in, and the variance of biases.
 *
 * <p>Formula: weight = sigma_w^2 = fan_in Var[W], bias = sigma_b^2 = Var[b]. Source: Poole et al.
 * 2016, section 2.
 *
 * <p>Both are VARIANCES; what papers and the command line write as sigma_w and sigma_b are
 * deviations, and come in through {@link #ofDeviations} alone.
 *
 * @param weight sigma_w^2, finite and at least 0
 * @param bias sigma_b^2, finite and at least 0
 */
public record Variances(double weight, double bias) {

  public Variances {
    check("The variance of weights times fan-in", weight);
    check("The variance of biases", bias);
  }

  /**
   * The squares of two deviations.
   *
   * @throws IllegalArgumentException if one is below 0, or its square is no finite number
   */
  public static Variances ofDeviations(double sigmaW, double sigmaB) {
    check("sigma_w", sigmaW);
    check("sigma_b", sigmaB);
    return new Variances(sigmaW * sigmaW, sigmaB * sigmaB);
  }

  /** sigma_w, the deviation. */
  public double sigmaW() {
    return Math.sqrt(weight);
  }

  /** sigma_b, the deviation. */
  public double sigmaB() {
    return Math.sqrt(bias);
  }

  /** Refuses what is no length of a signal: a mean square is finite and above 0. */
  static void requireLength(double q) {
    if (!(q > 0) || Double.isInfinite(q)) {
      throw new IllegalArgumentException(
          "A pair needs variances above 0 and finite, not " + q + ".");
    }
  }

  private static void check(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + " must be a finite number of at least 0, not " + value + ".");
    }
  }
}
