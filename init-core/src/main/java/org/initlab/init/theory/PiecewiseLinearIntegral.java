package org.initlab.init.theory;

import org.initlab.init.Activation;

/**
 * The integrals of x for x above 0 and a x below: identity, ReLU and leaky ReLU.
 *
 * <p>Formula: E[f^2] = q (1 + a^2) / 2; over pairs sqrt(q1 q2) (a c + (1 - a)^2 k(c)) with k(c) =
 * (sqrt(1 - c^2) + c (pi - arccos c)) / 2 pi. Source: Cho and Saul 2009, the kernel of degree 1; He
 * et al. 2015, equation 15 for the slope a.
 *
 * @param activation the row of the table
 * @param below the slope a below 0
 */
record PiecewiseLinearIntegral(Activation activation, double below) implements GaussianIntegral {

  @Override
  public double mean(double q) {
    return (1 - below) * Math.sqrt(q / (2 * Math.PI));
  }

  @Override
  public double square(double q) {
    return q * slopeSquare(q);
  }

  @Override
  public double growth(double q) {
    return slopeSquare(q);
  }

  @Override
  public double slopeSquare(double q) {
    return (1 + below * below) / 2;
  }

  @Override
  public double fourth(double q) {
    return 3 * q * q * slopeFourth(q);
  }

  @Override
  public double slopeFourth(double q) {
    return (1 + below * below * below * below) / 2;
  }

  @Override
  public PairIntegral pair(double q1, double q2) {
    Variances.requireLength(q1);
    Variances.requireLength(q2);
    return new Pair(below, Math.sqrt(q1) * Math.sqrt(q2));
  }

  private record Pair(double below, double scale) implements PairIntegral {
    @Override
    public double of(double c) {
      double kernel = (Math.sqrt((1 - c) * (1 + c)) + c * (Math.PI - Math.acos(c))) / 2 / Math.PI;
      return scale * (below * c + (1 - below) * (1 - below) * kernel);
    }

    @Override
    public double slope(double c) {
      return below + (1 - below) * (1 - below) * (Math.PI - Math.acos(c)) / (2 * Math.PI);
    }
  }
}
