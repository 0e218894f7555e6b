package org.initlab.init.theory;

import org.initlab.init.Activation;

/**
 * All that mean-field theory says of a deep, wide network at one point of the phase diagram.
 *
 * <p>Where the signal vanishes, values are the limits of small biases: c* = 1 and chi_c = chi_1.
 * Where it diverges, c* and chi_c are NaN, and chi_1 is its value at 1e12. Source: Poole et al.
 * 2016; Schoenholz et al. 2017.
 *
 * @param activation the nonlinearity
 * @param variances sigma_w^2 and sigma_b^2
 * @param length q*, or what else becomes of the length
 * @param chi1 factor of the mean square of gradients, a layer
 * @param chiQ factor of a small difference from q*, a layer
 * @param c the stable correlation c* of two inputs
 * @param chiC factor of a small difference from c*, a layer
 */
public record Propagation(
    Activation activation,
    Variances variances,
    LengthLimit length,
    double chi1,
    double chiQ,
    double c,
    double chiC) {

  /** Schoenholz et al. 2017, experiments: networks train up to six xi_c. */
  private static final double TRAINABLE = 6;

  /** The theory of wide networks with this activation and these variances. */
  public static Propagation of(Activation activation, Variances variances) {
    return of(new LengthGrid(GaussianIntegral.of(activation)), variances);
  }

  static Propagation of(LengthGrid grid, Variances variances) {
    LengthMap map = new LengthMap(grid, variances);
    LengthLimit limit = map.limit();
    Activation activation = grid.integral().activation();
    if (limit.kind() == LengthLimit.Kind.DIVERGING) {
      double far = grid.length(grid.size() - 1);
      return new Propagation(
          activation,
          variances,
          limit,
          map.gradientFactor(far),
          map.slope(far),
          Double.NaN,
          Double.NaN);
    }
    double chi1 = map.gradientFactor(limit.q());
    double c = 1;
    double chiC = chi1;
    if (chi1 > 1 + DepthScale.EDGE) {
      CorrelationMap correlation = new CorrelationMap(grid.integral(), variances, limit.q());
      c = correlation.fixedPoint();
      chiC = correlation.slope(c);
    }
    return new Propagation(activation, variances, limit, chi1, map.slope(limit.q()), c, chiC);
  }

  /** On which side of the edge of chaos this point lies. */
  public Phase phase() {
    if (length.kind() == LengthLimit.Kind.DIVERGING) {
      return Phase.DIVERGING;
    }
    if (Math.abs(chi1 - 1) <= DepthScale.EDGE) {
      return Phase.CRITICAL;
    }
    return chi1 < 1 ? Phase.ORDERED : Phase.CHAOTIC;
  }

  /** The three depth scales. */
  public DepthScale scales() {
    return new DepthScale(DepthScale.of(chiQ), DepthScale.of(chiC), DepthScale.of(chi1));
  }

  /**
   * The depth up to which such a network can be trained: 6 xi_c.
   *
   * <p>It is a rule of thumb with a measured factor: the scale is theory, the six is not.
   */
  public double trainableDepth() {
    return TRAINABLE * scales().correlation();
  }
}
