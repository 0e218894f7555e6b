package org.initlab.init.theory;

import org.initlab.init.Activation;

/**
 * The integrals of the error function.
 *
 * <p>Formula: E[f(x) f(y)] = 2/pi arcsin(2 c sqrt(q1 q2) / sqrt((1 + 2 q1) (1 + 2 q2))). Source:
 * Williams 1997.
 */
record ErfIntegral() implements GaussianIntegral {

  @Override
  public Activation activation() {
    return Activation.ERF;
  }

  @Override
  public double mean(double q) {
    return 0;
  }

  @Override
  public double square(double q) {
    return 2 / Math.PI * Math.asin(2 * q / (1 + 2 * q));
  }

  @Override
  public double growth(double q) {
    return 4 / Math.PI / ((1 + 2 * q) * Math.sqrt(1 + 4 * q));
  }

  @Override
  public double slopeSquare(double q) {
    return 4 / Math.PI / Math.sqrt(1 + 4 * q);
  }

  @Override
  public PairIntegral pair(double q1, double q2) {
    Variances.requireLength(q1);
    Variances.requireLength(q2);
    return new Pair(2 * Math.sqrt(q1) * Math.sqrt(q2), (1 + 2 * q1) * (1 + 2 * q2));
  }

  private record Pair(double top, double bottom) implements PairIntegral {
    @Override
    public double of(double c) {
      return 2 / Math.PI * Math.asin(c * top / Math.sqrt(bottom));
    }

    @Override
    public double slope(double c) {
      return 4 / Math.PI / Math.sqrt(bottom - c * c * top * top);
    }
  }
}
