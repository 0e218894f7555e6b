package org.initlab.init.model;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.initlab.init.Activation;
import org.initlab.init.random.NormalCurve;
import org.initlab.init.theory.GaussianIntegral;

/** What activations do to Gaussian sums, each integral made once. */
final class Bends {

  private static final double REACH = 8;
  private static final int POINTS = 2000;
  private static final int COARSE = 160;

  /** A derivative below this part of the largest is that of a saturated unit. */
  private static final double FLAT = 0.1;

  private final Map<Activation, GaussianIntegral> integrals = new EnumMap<>(Activation.class);
  private final Map<List<?>, Largest> largest = new HashMap<>();

  /** The moments of f(s) for sums with those of {@code sums}, taken as normal. */
  Crowd of(Activation f, Crowd sums) {
    if (centred(sums)) {
      double q = sums.square();
      return new Crowd(integral(f).square(q), shared(f, q, sums.shared()), integral(f).mean(q));
    }
    double common = Math.sqrt(Math.max(0, sums.shared() - sums.mean() * sums.mean()));
    double own = Math.sqrt(Math.max(0, sums.square() - sums.shared()));
    double shared =
        average(
            COARSE,
            a -> Math.pow(average(COARSE, e -> f.of(sums.mean() + common * a + own * e)), 2));
    return new Crowd(around(sums, s -> f.of(s) * f.of(s)), shared, around(sums, f::of));
  }

  /** Kernels of mean 0 make such sums; branches that meet do not. */
  private static boolean centred(Crowd sums) {
    double square = sums.square();
    return !(square > 0)
        || Double.isInfinite(square)
        || Math.abs(sums.mean()) < 1e-9 * Math.sqrt(square);
  }

  private static double around(Crowd sums, DoubleUnaryOperator of) {
    double deviation = Math.sqrt(Math.max(0, sums.square() - sums.mean() * sums.mean()));
    return average(POINTS, z -> of.applyAsDouble(sums.mean() + deviation * z));
  }

  /** The expectation for a standard normal z, to some four digits, by the midpoint rule. */
  private static double average(int points, DoubleUnaryOperator of) {
    double step = 2 * REACH / points;
    double sum = 0;
    for (int i = 0; i < points; i++) {
      double z = -REACH + (i + 0.5) * step;
      sum += of.applyAsDouble(z) * NormalCurve.density(z) * step;
    }
    return sum;
  }

  private double shared(Activation f, double q, double shared) {
    if (f == Activation.IDENTITY || !(q > 0) || Double.isInfinite(q)) {
      return f == Activation.IDENTITY ? shared : integral(f).square(q);
    }
    double c = Math.max(-1, Math.min(1, shared / q));
    return c == 1 ? integral(f).square(q) : integral(f).pair(q, q).of(c);
  }

  /** E[f'(s)^2]. */
  double slopeSquare(Activation f, Crowd sums) {
    return centred(sums)
        ? integral(f).slopeSquare(sums.square())
        : around(sums, s -> f.slope(s) * f.slope(s));
  }

  /** The largest of n numbers f(s). */
  Largest largest(Activation f, Crowd sums, double n) {
    boolean known = sums.square() > 0 && !Double.isInfinite(sums.square());
    return known && n > 1
        ? largest.computeIfAbsent(List.of(f, sums, n), k -> Largest.of(f, sums, n))
        : new Largest(of(f, sums), slopeSquare(f, sums));
  }

  /** E[f'(s)^2] where f(s) is the largest of n. */
  double slope(Activation f, Crowd sums, double n) {
    return n > 1 ? largest(f, sums, n).slopeSquare() : slopeSquare(f, sums);
  }

  private GaussianIntegral integral(Activation f) {
    return integrals.computeIfAbsent(f, GaussianIntegral::of);
  }

  /** The slope of a unit that counts as saturated: a tenth of the largest within 8 of 0. */
  static double flat(Activation f) {
    double largest = 0;
    for (int i = 0; i <= POINTS; i++) {
      largest = Math.max(largest, Math.abs(f.slope(-REACH + 2 * REACH * i / POINTS)));
    }
    return FLAT * largest;
  }

  /** The probability of a saturated unit for sums of mean square q. */
  static double saturated(Activation f, double q) {
    double flat = flat(f);
    return average(POINTS, z -> Math.abs(f.slope(Math.sqrt(q) * z)) < flat ? 1 : 0);
  }
}
