package org.initlab.init.model;

import java.util.EnumMap;
import java.util.Map;
import org.initlab.init.Activation;
import org.initlab.init.random.NormalCurve;
import org.initlab.init.theory.GaussianIntegral;

/** What activations do to Gaussian sums of a mean square, each activation's integrals made once. */
final class Bends {

  private static final double REACH = 8;
  private static final int POINTS = 2000;

  /** A derivative below this part of the largest is that of a saturated unit. */
  private static final double FLAT = 0.1;

  private final Map<Activation, GaussianIntegral> integrals = new EnumMap<>(Activation.class);

  /** E[f(s)^2] for s of mean square {@code q}. */
  double square(Activation f, double q) {
    return integral(f).square(q);
  }

  /** E[f'(s)^2]. */
  double slopeSquare(Activation f, double q) {
    return integral(f).slopeSquare(q);
  }

  private GaussianIntegral integral(Activation f) {
    return integrals.computeIfAbsent(f, GaussianIntegral::of);
  }

  /** The probability of |f'(s)| below a tenth of f's largest slope within 8 deviations of 1. */
  static double saturated(Activation f, double q) {
    double largest = 0;
    for (int i = 0; i <= POINTS; i++) {
      largest = Math.max(largest, Math.abs(f.slope(-REACH + 2 * REACH * i / POINTS)));
    }
    double part = 0;
    double step = 2 * REACH / POINTS;
    for (int i = 0; i < POINTS; i++) {
      double z = -REACH + (i + 0.5) * step;
      if (Math.abs(f.slope(Math.sqrt(q) * z)) < FLAT * largest) {
        part += NormalCurve.density(z) * step;
      }
    }
    return part;
  }
}
