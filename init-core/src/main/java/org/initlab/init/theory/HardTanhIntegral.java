package org.initlab.init.theory;

import java.util.function.DoubleUnaryOperator;
import org.initlab.init.Activation;
import org.initlab.init.random.NormalCurve;

/**
 * The integrals of x cut at -1 and 1.
 *
 * <p>Formula: E[f'^2] = erf(1 / sqrt(2q)), E[f^2] = E[x^2; |x| < 1] + erfc(1 / sqrt(2q)). Over
 * pairs d/dc E[f'(x) f'(y)] = 2 sqrt(q1 q2) (p(1, 1) - p(1, -1)), p the density of (x, y) at
 * correlation c, integrated once and twice from c = 0. Source: Plackett 1954 for the identity,
 * Drezner and Wesolowsky 1990 for the angle as variable.
 *
 * <p>It is no Hermite series: with kinks away from 0 that would converge like n^(-3/2).
 */
record HardTanhIntegral() implements GaussianIntegral {

  private static final GaussLegendre RULE = GaussLegendre.of(16);

  /** Panels in the angle from c = 1 are halved at most so often. */
  private static final int MOST_PANELS = 40;

  @Override
  public Activation activation() {
    return Activation.HARD_TANH;
  }

  @Override
  public double mean(double q) {
    return 0;
  }

  @Override
  public double square(double q) {
    return inside(q) + 2 * NormalCurve.cdf(-1 / Math.sqrt(q));
  }

  @Override
  public double growth(double q) {
    return q == 0 ? 1 : inside(q) / q;
  }

  @Override
  public double slopeSquare(double q) {
    return NormalCurve.erf(1 / Math.sqrt(2 * q));
  }

  /** E[x^2; |x| < 1]. */
  private static double inside(double q) {
    // For a large q the two terms of the closed form cancel.
    return q > 10
        ? Quadrature.expectation(x -> Math.abs(x) < 1 ? x * x : 0, q)
        : q * (NormalCurve.erf(1 / Math.sqrt(2 * q)) - density(q));
  }

  private static double density(double q) {
    return q == 0 ? 0 : Math.sqrt(2 / (Math.PI * q)) * Math.exp(-1 / (2 * q));
  }

  @Override
  public PairIntegral pair(double q1, double q2) {
    Variances.requireLength(q1);
    Variances.requireLength(q2);
    return new Pair(1 / Math.sqrt(q1), 1 / Math.sqrt(q2), slopeSquare(q1) * slopeSquare(q2));
  }

  /** The cut is at a deviations of x and b of y; at c = 0 the slopes are independent. */
  private record Pair(double a, double b, double independent) implements PairIntegral {
    @Override
    public double of(double c) {
      double size = Math.abs(c);
      double sum = size * independent + integral(size, t -> (size - Math.cos(t)) * rise(t));
      return Math.signum(c) * sum / (a * b);
    }

    @Override
    public double slope(double c) {
      return independent + integral(Math.abs(c), this::rise);
    }

    /** From c = 0, in panels that halve towards c = 1. */
    private static double integral(double c, DoubleUnaryOperator f) {
      double sum = 0;
      double start = Math.PI / 2;
      double end = Math.acos(c);
      for (int k = 0; k < MOST_PANELS && start > end; k++) {
        double stop = k == MOST_PANELS - 1 ? end : Math.max(end, start / 2);
        for (int i = 0; i < RULE.size(); i++) {
          double t = start + (stop - start) * (1 + RULE.nodes()[i]) / 2;
          sum += RULE.weights()[i] * (start - stop) / 2 * f.applyAsDouble(t);
        }
        start = stop;
      }
      return sum;
    }

    /** 2 (p(a, b) - p(a, -b)) per angle t from c = cos t, for deviations 1. */
    private double rise(double t) {
      double sine = Math.sin(t);
      double half = Math.sin(t / 2);
      double same = (a - b) * (a - b) + 4 * a * b * half * half;
      double opposite = (a - b) * (a - b) + 4 * a * b * (1 - half * half);
      double bottom = 2 * sine * sine;
      return (Math.exp(-same / bottom) - Math.exp(-opposite / bottom)) / Math.PI;
    }
  }
}
