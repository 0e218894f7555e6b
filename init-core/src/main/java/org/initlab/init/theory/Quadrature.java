package org.initlab.init.theory;

import java.util.function.DoubleUnaryOperator;
import org.initlab.init.Activation;

/**
 * Expectations of any activation by quadrature that knows where kinks are.
 *
 * <p>Formula: the integral of g(x) exp(-x^2 / 2q) / sqrt(2 pi q) over panels [0, 2^k], [2^k,
 * 2^(k+1)], ... and their mirror images, twenty Gauss-Legendre nodes each, to beyond eleven
 * deviations. Nodes do not depend on q, so an activation is evaluated on them once, and an integral
 * then costs one exponential a node.
 *
 * <p>Every kink of the activation must lie at 0 or at a power of two in size; a kink elsewhere
 * would leave four digits or so. It is not a Gauss-Hermite rule, which needs hundreds of nodes for
 * three digits of a ReLU.
 */
final class Quadrature implements GaussianIntegral {

  private static final GaussLegendre RULE = GaussLegendre.of(20);
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  /** What stands for 0 on either side of a kink there. */
  private static final double NOTHING = 1e-300;

  /** Below this length a growth is its limit, since the two sides of 0 would cancel. */
  private static final double NEARLY_NOTHING = 1e-11;

  private static final int LOWEST = -22;
  private static final int HIGHEST = 24;
  private static final double SMALLEST_Q = 0x1p-40;
  private static final double LARGEST_Q = 0x1p40;

  /** The functions whose values on the nodes are kept. */
  private enum Part {
    MEAN,
    SQUARE,
    GROWTH,
    SLOPE_SQUARE;

    double of(Activation f, double x) {
      return switch (this) {
        case MEAN -> f.of(x);
        case SQUARE -> f.of(x) * f.of(x);
        case GROWTH -> x * f.of(x) * f.slope(x);
        case SLOPE_SQUARE -> f.slope(x) * f.slope(x);
      };
    }
  }

  private final Activation activation;

  /** Weighted sums of a part over x and -x: [part][panel, first those that start at 0][node]. */
  private final double[][][] values = new double[Part.values().length][][];

  Quadrature(Activation activation) {
    this.activation = activation;
    for (Part part : Part.values()) {
      double[][] panels = new double[2 * (HIGHEST - LOWEST + 1)][];
      for (int k = LOWEST; k <= HIGHEST; k++) {
        double end = Math.scalb(1.0, k);
        panels[k - LOWEST] = values(part, 0, end);
        panels[k - LOWEST + panels.length / 2] = values(part, end, 2 * end);
      }
      values[part.ordinal()] = panels;
    }
  }

  private double[] values(Part part, double from, double to) {
    double[] panel = new double[RULE.size()];
    for (int i = 0; i < panel.length; i++) {
      double x = place(from, to, i);
      double both = part.of(activation, x) + part.of(activation, -x);
      panel[i] = both * RULE.weights()[i] * (to - from) / 2;
    }
    return panel;
  }

  @Override
  public Activation activation() {
    return activation;
  }

  @Override
  public double mean(double q) {
    return integral(Part.MEAN, q);
  }

  @Override
  public double square(double q) {
    return integral(Part.SQUARE, q);
  }

  @Override
  public double growth(double q) {
    if (q < NEARLY_NOTHING) {
      return activation.of(0) == 0 ? slopeSquare(q) : growth(NEARLY_NOTHING);
    }
    return integral(Part.GROWTH, q) / q;
  }

  @Override
  public double slopeSquare(double q) {
    return integral(Part.SLOPE_SQUARE, q);
  }

  @Override
  public PairIntegral pair(double q1, double q2) {
    return HermiteSeries.of(activation, q1, q2);
  }

  private double integral(Part part, double q) {
    if (!(q >= SMALLEST_Q && q <= LARGEST_Q)) {
      return expectation(x -> part.of(activation, x), q);
    }
    int first = first(q);
    int last = last(q);
    double[][] panels = values[part.ordinal()];
    double sum = panel(panels[first - LOWEST], 0, Math.scalb(1.0, first), q);
    for (int k = first; k <= last; k++) {
      double from = Math.scalb(1.0, k);
      sum += panel(panels[k - LOWEST + panels.length / 2], from, 2 * from, q);
    }
    return sum / (ROOT_TWO_PI * Math.sqrt(q));
  }

  private static double panel(double[] values, double from, double to, double q) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      double x = place(from, to, i);
      sum += values[i] * Math.exp(-x * x / (2 * q));
    }
    return sum;
  }

  /**
   * E[g(x)] for x normal with mean 0 and variance {@code q}, where g has kinks at 0 and powers of
   * two alone and grows at most like a power.
   */
  static double expectation(DoubleUnaryOperator g, double q) {
    if (q == 0) {
      return (g.applyAsDouble(NOTHING) + g.applyAsDouble(-NOTHING)) / 2;
    }
    if (!(q > 0) || Double.isInfinite(q)) {
      return Double.NaN;
    }
    double sum = 0;
    double from = 0;
    for (int k = first(q); k <= last(q) + 1; k++) {
      double to = Math.scalb(1.0, k);
      for (int i = 0; i < RULE.size(); i++) {
        double x = place(from, to, i);
        double both = g.applyAsDouble(x) + g.applyAsDouble(-x);
        sum += both * RULE.weights()[i] * (to - from) / 2 * Math.exp(-x * x / (2 * q));
      }
      from = to;
    }
    return sum / (ROOT_TWO_PI * Math.sqrt(q));
  }

  private static double place(double from, double to, int i) {
    return from + (to - from) * (1 + RULE.nodes()[i]) / 2;
  }

  /** The first panel ends at half a deviation, or at half the scale of the activation, 1. */
  private static int first(double q) {
    return Math.min(Math.getExponent(Math.sqrt(q)), 0) - 1;
  }

  /** The last panel ends beyond eleven deviations. */
  private static int last(double q) {
    return Math.getExponent(11 * Math.sqrt(q));
  }
}
