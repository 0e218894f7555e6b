package org.initlab.init.theory;

import org.initlab.init.Activation;

/**
 * The integrals of the sine.
 *
 * <p>Formula: E[f(x) f(y)] = exp(-(q1 + q2) / 2) sinh(c sqrt(q1 q2)); E[f'(x) f'(y)] has cosh. From
 * the characteristic function of the normal law.
 */
record SineIntegral() implements GaussianIntegral {

  @Override
  public Activation activation() {
    return Activation.SIN;
  }

  @Override
  public double mean(double q) {
    return 0;
  }

  @Override
  public double square(double q) {
    return -Math.expm1(-2 * q) / 2;
  }

  @Override
  public double growth(double q) {
    return Math.exp(-2 * q);
  }

  @Override
  public double slopeSquare(double q) {
    return (1 + Math.exp(-2 * q)) / 2;
  }

  @Override
  public double fourth(double q) {
    // The three terms cancel for a small q, where quadrature is exact.
    return q < 0.1
        ? GaussianIntegral.super.fourth(q)
        : (3 - 4 * Math.exp(-2 * q) + Math.exp(-8 * q)) / 8;
  }

  @Override
  public double slopeFourth(double q) {
    return (3 + 4 * Math.exp(-2 * q) + Math.exp(-8 * q)) / 8;
  }

  @Override
  public PairIntegral pair(double q1, double q2) {
    Variances.requireLength(q1);
    Variances.requireLength(q2);
    return new Pair((q1 + q2) / 2, Math.sqrt(q1) * Math.sqrt(q2));
  }

  private record Pair(double mean, double scale) implements PairIntegral {
    @Override
    public double of(double c) {
      double k = Math.abs(c) * scale;
      return -Math.signum(c) * Math.exp(k - mean) * Math.expm1(-2 * k) / 2;
    }

    @Override
    public double slope(double c) {
      double k = Math.abs(c) * scale;
      return Math.exp(k - mean) * (1 + Math.exp(-2 * k)) / 2;
    }
  }
}
