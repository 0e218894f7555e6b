package org.initlab.init.random;

/**
 * The standard normal curve: its density, its cdf and the error function, to about 1e-15.
 *
 * <p>Formula: erf(x) = 2/sqrt(pi) exp(-x^2) sum 2^n x^(2n+1) / (2n+1)!! for |x| below 3, and the
 * continued fraction of erfc beyond. Source: Abramowitz and Stegun 1964, 7.1.6 and 7.1.14.
 *
 * <p>Its bits are the same on every platform. It is not fast: laws use it for their constants and
 * their cdf; draws go through {@link InverseErf}.
 */
public final class NormalCurve {

  private static final double SQRT_PI = Math.sqrt(Math.PI);

  private NormalCurve() {}

  /** exp(-x^2 / 2) / sqrt(2 pi). */
  public static double density(double x) {
    return StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The probability of at most {@code x}; accurate in the left tail too. */
  public static double cdf(double x) {
    return erfc(-x / Math.sqrt(2)) / 2;
  }

  /** The error function. */
  public static double erf(double x) {
    return Math.abs(x) < 3 ? series(x) : Math.signum(x) * (1 - fraction(Math.abs(x)));
  }

  private static double erfc(double x) {
    if (Math.abs(x) < 3) {
      return 1 - series(x);
    }
    return x > 0 ? fraction(x) : 2 - fraction(-x);
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / SQRT_PI * StrictMath.exp(-x * x) * sum;
  }

  /** erfc for x of at least 3. */
  private static double fraction(double x) {
    double tail = x;
    for (int n = 60; n >= 1; n--) {
      tail = x + n / 2.0 / tail;
    }
    return StrictMath.exp(-x * x) / (SQRT_PI * tail);
  }
}
