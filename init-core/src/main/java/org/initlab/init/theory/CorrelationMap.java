package org.initlab.init.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * How the correlation c of two inputs' pre-activations changes from one layer to the next, when
 * both have the length q.
 *
 * <p>Formula: c' = (sigma_w^2 E[f(x) f(y)] + sigma_b^2) / (sigma_w^2 E[f(x)^2] + sigma_b^2).
 * Source: Poole et al. 2016, section 2; Schoenholz et al. 2017.
 *
 * <p>Its powers of c have no negative coefficient, so it is convex on [0, 1], and there is at most
 * one fixed point besides c = 1. It is not a map of angles between outputs: c is uncentred, bias
 * included.
 */
public final class CorrelationMap {

  /** Below this angle 1 - c' is an integral of slopes, since a difference would cancel. */
  private static final double SMALL_ANGLE = 0.03;

  /** A fixed point at a smaller angle is 1 to 1e-15. */
  private static final double SMALLEST_ANGLE = 4e-8;

  private static final GaussLegendre RULE = GaussLegendre.of(6);

  private final PairIntegral pair;
  private final Variances variances;
  private final double slopeFactor;
  private final double next;
  private final double slopeAtOne;

  /**
   * The map at length {@code q}, which is usually the fixed point of the length map.
   *
   * @throws IllegalArgumentException if {@code q} is not above 0 or not finite, or if the next
   *     length is 0
   */
  public CorrelationMap(GaussianIntegral integral, Variances variances, double q) {
    this.pair = integral.pair(q, q);
    this.variances = variances;
    this.next = variances.weight() * integral.square(q) + variances.bias();
    Variances.requireLength(next);
    this.slopeFactor = variances.weight() * q / next;
    this.slopeAtOne = slopeFactor * integral.slopeSquare(q);
  }

  /** The correlation after one more layer. */
  public double of(double c) {
    double value = (variances.weight() * pair.of(c) + variances.bias()) / next;
    return c == 1 ? 1 : Math.max(-1, Math.min(1, value));
  }

  /** dc'/dc; at a fixed point of the length this is chi_c = sigma_w^2 E[f'(x) f'(y)]. */
  public double slope(double c) {
    return c == 1 ? slopeAtOne : slopeFactor * pair.slope(c);
  }

  /** The correlations c_0 = {@code start}, c_1, ..., c_depth at this length. */
  public double[] correlations(double start, int depth) {
    double[] correlations = new double[depth + 1];
    correlations[0] = start;
    for (int l = 1; l <= depth; l++) {
      correlations[l] = of(correlations[l - 1]);
    }
    return correlations;
  }

  /**
   * The stable fixed point c*, to 1e-9: 1 where two inputs grow alike, below 1 where they part.
   *
   * <p>The slope of the chord from (c, c') to (1, 1) rises with c up to the slope at 1. If that is
   * above 1, the chord has slope 1 exactly at c*.
   */
  public double fixedPoint() {
    if (slopeAtOne <= 1) {
      return 1;
    }
    double atNothing = of(0);
    if (atNothing <= 0) {
      return 0;
    }
    // Small correlations are the cheap ones, so the bracket comes down from there.
    double above = Math.PI / 2;
    double excessAbove = -atNothing;
    double below = above / 2;
    double excessBelow = chord(below) - 1;
    while (excessBelow < 0 && below > SMALLEST_ANGLE) {
      above = below;
      excessAbove = excessBelow;
      below /= 2;
      excessBelow = chord(below) - 1;
    }
    if (excessBelow < 0) {
      return 1;
    }
    DoubleUnaryOperator excess = angle -> chord(angle) - 1;
    return Math.cos(BracketedRoot.of(excess, below, excessBelow, above, excessAbove, 1e-11));
  }

  private double chord(double angle) {
    double sine = Math.sin(angle / 2);
    double rest = 2 * sine * sine;
    if (angle > SMALL_ANGLE) {
      return (1 - of(1 - rest)) / rest;
    }
    double sum = 0;
    for (int i = 0; i < RULE.size(); i++) {
      double t = angle * (1 + RULE.nodes()[i]) / 2;
      sum += RULE.weights()[i] * angle / 2 * Math.sin(t) * slope(Math.cos(t));
    }
    return sum / rest;
  }
}
