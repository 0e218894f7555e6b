package org.initlab.init.draw;

import java.util.function.DoubleUnaryOperator;
import org.initlab.init.random.NormalCurve;

/**
 * The mean of a function of a standard normal number.
 *
 * <p>Formula: Gauss and Legendre's rule of 10 points on each half unit from -12 to 12. Kinks of the
 * activations lie at whole numbers, where panels meet, so the result is good to about 1e-14 for
 * functions that grow no faster than a polynomial. It is not for functions with kinks elsewhere.
 */
final class NormalMean {

  private static final int POINTS = 10;
  private static final double WIDTH = 0.5;
  private static final double EDGE = 12;

  private static final double[] NODES = new double[POINTS];
  private static final double[] MASSES = new double[POINTS];

  static {
    // Newton's method on Legendre's polynomial, from Tricomi's approximation of its roots.
    for (int i = 0; i < POINTS; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (POINTS + 0.5));
      double slope = 0;
      for (int step = 0; step < 20; step++) {
        double before = 1;
        double now = x;
        for (int n = 2; n <= POINTS; n++) {
          double next = ((2 * n - 1) * x * now - (n - 1) * before) / n;
          before = now;
          now = next;
        }
        slope = POINTS * (x * now - before) / (x * x - 1);
        x -= now / slope;
      }
      NODES[i] = x;
      MASSES[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  private NormalMean() {}

  /** E f(z) with z standard normal. */
  static double of(DoubleUnaryOperator f) {
    double sum = 0;
    for (double centre = -EDGE + WIDTH / 2; centre < EDGE; centre += WIDTH) {
      for (int i = 0; i < POINTS; i++) {
        double x = centre + NODES[i] * WIDTH / 2;
        sum += MASSES[i] * WIDTH / 2 * NormalCurve.density(x) * f.applyAsDouble(x);
      }
    }
    return sum;
  }
}
