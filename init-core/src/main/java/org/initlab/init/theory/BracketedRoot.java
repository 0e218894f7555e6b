package org.initlab.init.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * Finds where a function changes its sign, by Brent's method: never slower than bisection by much,
 * and as fast as a secant where the function is smooth. Source: Brent 1973, chapter 4.
 */
final class BracketedRoot {

  private static final int MOST_STEPS = 200;

  private BracketedRoot() {}

  /**
   * A root between {@code a} and {@code b}, where f is {@code fa} and {@code fb} of opposite signs,
   * to {@code tolerance} relative to its size and to the last bits.
   */
  static double of(
      DoubleUnaryOperator f, double a, double fa, double b, double fb, double tolerance) {
    double best = b;
    double fBest = fb;
    double previous = a;
    double fPrevious = fa;
    double other = a;
    double fOther = fa;
    double step = b - a;
    double stepBefore = step;
    for (int i = 0; i < MOST_STEPS; i++) {
      if (fBest > 0 == fOther > 0) {
        other = previous;
        fOther = fPrevious;
        step = best - previous;
        stepBefore = step;
      }
      if (Math.abs(fOther) < Math.abs(fBest)) {
        previous = best;
        best = other;
        other = previous;
        fPrevious = fBest;
        fBest = fOther;
        fOther = fPrevious;
      }
      double enough = (2e-16 + tolerance / 2) * Math.abs(best) + Double.MIN_NORMAL;
      double half = (other - best) / 2;
      if (Math.abs(half) <= enough || fBest == 0) {
        return best;
      }
      double secant = secant(best, fBest, previous, fPrevious, other, fOther);
      boolean inside = (secant > 0) == (half > 0) && Math.abs(secant) < 1.5 * Math.abs(half);
      if (inside && Math.abs(secant) < Math.abs(stepBefore) / 2) {
        stepBefore = step;
        step = secant;
      } else {
        stepBefore = half;
        step = half;
      }
      previous = best;
      fPrevious = fBest;
      best += Math.abs(step) > enough ? step : Math.copySign(enough, half);
      fBest = f.applyAsDouble(best);
    }
    return best;
  }

  /** The step to the root of the line or inverse parabola through the points. */
  private static double secant(double b, double fb, double a, double fa, double c, double fc) {
    double s = fb / fa;
    if (a == c) {
      return (c - b) * s / (s - 1);
    }
    double q = fa / fc;
    double r = fb / fc;
    double top = s * ((c - b) * q * (q - r) - (b - a) * (r - 1));
    return -top / ((q - 1) * (r - 1) * (s - 1));
  }
}
