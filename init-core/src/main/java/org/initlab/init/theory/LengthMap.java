package org.initlab.init.theory;

import java.util.function.DoubleUnaryOperator;

/**
 * How the mean square q of pre-activations changes from one layer of a wide network to the next.
 *
 * <p>Formula: q' = sigma_w^2 E[f(x)^2] + sigma_b^2 with x normal of variance q. Source: Poole et
 * al. 2016, section 2.
 *
 * <p>It is not a statement about one narrow network: at width n its relative error is of order
 * 1/sqrt(n), see {@link FiniteWidth}.
 */
public final class LengthMap {

  /** Two lengths that differ by less, relative to their size, are one. */
  private static final double SAME = 1e-13;

  private final LengthGrid grid;
  private final Variances variances;

  /** The map of wide networks with this activation and these variances. */
  public LengthMap(GaussianIntegral integral, Variances variances) {
    this(new LengthGrid(integral), variances);
  }

  LengthMap(LengthGrid grid, Variances variances) {
    this.grid = grid;
    this.variances = variances;
  }

  /** The length after one more layer. */
  public double of(double q) {
    return variances.weight() * grid.integral().square(q) + variances.bias();
  }

  /** The derivative of the map: chi_q = sigma_w^2 E[f'^2 + f f'']. */
  public double slope(double q) {
    return variances.weight() * grid.integral().growth(q);
  }

  /**
   * The factor by which a layer multiplies the mean square of gradients: chi_1 = sigma_w^2 E[f'^2].
   * Source: Poole et al. 2016, section 2.
   */
  public double gradientFactor(double q) {
    return variances.weight() * grid.integral().slopeSquare(q);
  }

  /** The lengths q_0 = {@code start}, q_1, ..., q_depth. */
  public double[] lengths(double start, int depth) {
    double[] lengths = new double[depth + 1];
    lengths[0] = start;
    for (int l = 1; l <= depth; l++) {
      lengths[l] = of(lengths[l - 1]);
    }
    return lengths;
  }

  /** The limit of a signal whose mean square is 1 in the first layer. */
  public LengthLimit limit() {
    return limit(1);
  }

  /**
   * The limit of a signal of length {@code start}, to 1e-12 relative where lengths settle at an
   * exponential rate.
   *
   * <p>The map is increasing for every activation of the table, so the limit is the next fixed
   * point above or below the start, whichever way the first step goes. Two fixed points within 19 %
   * of each other may be passed over.
   *
   * @throws IllegalArgumentException if {@code start} is not above 0 or not finite
   */
  public LengthLimit limit(double start) {
    Variances.requireLength(start);
    double first = of(start) - start;
    int above = grid.above(start);
    if (Math.abs(first) <= SAME * start) {
      boolean everywhere =
          isFixed(Math.min(above, grid.size() - 1)) && isFixed(Math.max(above - 2, 0));
      return new LengthLimit(
          everywhere ? LengthLimit.Kind.PRESERVED : LengthLimit.Kind.FIXED, start);
    }
    return first > 0 ? rising(start, first, above) : falling(start, first, above - 1);
  }

  private boolean isFixed(int i) {
    return Math.abs(change(i)) <= SAME * grid.length(i);
  }

  private double change(int i) {
    return variances.weight() * grid.square(i) + variances.bias() - grid.length(i);
  }

  private LengthLimit rising(double start, double first, int above) {
    double from = start;
    double change = first;
    for (int i = above; i < grid.size(); i++) {
      if (isFixed(i)) {
        continue; // the last bits tell no direction: marginal growth, or a point near the fixed one
      }
      if (change(i) < 0) {
        return between(from, change, grid.length(i), change(i));
      }
      from = grid.length(i);
      change = change(i);
    }
    return new LengthLimit(LengthLimit.Kind.DIVERGING, Double.POSITIVE_INFINITY);
  }

  private LengthLimit falling(double start, double first, int below) {
    double from = start;
    double change = first;
    for (int i = below; i >= 0; i--) {
      if (isFixed(i)) {
        continue;
      }
      if (change(i) > 0) {
        return between(grid.length(i), change(i), from, change);
      }
      from = grid.length(i);
      change = change(i);
    }
    double atNothing = of(0);
    return atNothing == 0
        ? new LengthLimit(LengthLimit.Kind.VANISHING, 0)
        : between(0, atNothing, from, change);
  }

  private LengthLimit between(double a, double changeAtA, double b, double changeAtB) {
    DoubleUnaryOperator change = q -> of(q) - q;
    double q = BracketedRoot.of(change, a, changeAtA, b, changeAtB, 1e-14);
    return new LengthLimit(LengthLimit.Kind.FIXED, q);
  }
}
