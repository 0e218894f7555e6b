package org.initlab.init.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.initlab.init.Activation;

/**
 * The edge of chaos of one activation: the variances at which a layer keeps the mean square of
 * gradients, chi_1 = 1 at q*.
 *
 * <p>Formula, with q as parameter: sigma_w^2 = 1 / E[f'^2], sigma_b^2 = q - sigma_w^2 E[f^2].
 * Source: Poole et al. 2016, figure 1; the form with q as parameter, Xiao et al. 2018, in the code
 * that comes with it. Lengths up to 1e6 are searched.
 *
 * <p>It is not always a line: for ReLU it is the one point (2, 0), at which every length is kept.
 */
public final class CriticalLine {

  private static final double LONGEST = 1e6;
  private static final double SAME = 1e-12;

  /** A length from which a stable length 0 is come back to: the first order is a draw there. */
  private static final double SMALL = 1e-4;

  private final LengthGrid grid;

  /** The edge of chaos of networks with this activation. */
  public CriticalLine(Activation activation) {
    this(new LengthGrid(GaussianIntegral.of(activation)));
  }

  CriticalLine(LengthGrid grid) {
    this.grid = grid;
  }

  /**
   * The points with this variance of biases, in the order of their lengths; none if the activation
   * has no edge of chaos there.
   *
   * @throws IllegalArgumentException if {@code bias} is below 0 or not finite
   */
  public List<CriticalPoint> at(double bias) {
    new Variances(0, bias);
    List<CriticalPoint> points = new ArrayList<>();
    if (bias == 0 && atNothing() == 0) {
      if (keepsEveryLength()) {
        return List.of(point(1, bias));
      }
      points.add(point(0, bias));
    }
    DoubleUnaryOperator excess = q -> bias(q) - bias;
    for (int i = 1; i < grid.size() && grid.length(i) <= LONGEST; i++) {
      double before = bias(i - 1) - bias;
      double here = bias(i) - bias;
      if (before < 0 != here < 0 && Math.abs(here) > SAME * grid.length(i)) {
        double from = grid.length(i - 1);
        points.add(
            point(BracketedRoot.of(excess, from, before, grid.length(i), here, 1e-14), bias));
      }
    }
    return points;
  }

  private CriticalPoint point(double q, double bias) {
    double slopeSquare = grid.integral().slopeSquare(q);
    boolean stable =
        q == 0
            ? grid.integral().square(SMALL) <= slopeSquare * SMALL * (1 + SAME)
            : grid.integral().growth(q) <= slopeSquare * (1 + SAME);
    return new CriticalPoint(new Variances(1 / slopeSquare, bias), q, stable);
  }

  /** What the variance of biases would have to be for chi_1 = 1 at length 0; 0 or below. */
  private double atNothing() {
    return grid.integral().slopeSquare(0) > 0 ? -grid.integral().square(0) : Double.NaN;
  }

  private boolean keepsEveryLength() {
    for (int i = 0; i < grid.size(); i++) {
      if (Math.abs(bias(i)) > SAME * grid.length(i)) {
        return false;
      }
    }
    return true;
  }

  private double bias(int i) {
    return grid.length(i) - grid.square(i) / grid.slopeSquare(i);
  }

  private double bias(double q) {
    return q - grid.integral().square(q) / grid.integral().slopeSquare(q);
  }
}
