package org.initlab.init.theory;

/**
 * E[f^2] and E[f'^2] of one activation at lengths from 1e-12 to 1e12, four to an octave. They do
 * not depend on the variances, so all points of a phase diagram search the same grid for brackets.
 */
final class LengthGrid {

  private static final int OCTAVES = 40;
  private static final int STEPS = 4;

  private final GaussianIntegral integral;
  private final double[] lengths = new double[2 * OCTAVES * STEPS + 1];
  private final double[] squares = new double[lengths.length];
  private final double[] slopeSquares = new double[lengths.length];

  LengthGrid(GaussianIntegral integral) {
    this.integral = integral;
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Math.pow(2, (double) (i - OCTAVES * STEPS) / STEPS);
      squares[i] = integral.square(lengths[i]);
      slopeSquares[i] = integral.slopeSquare(lengths[i]);
    }
  }

  GaussianIntegral integral() {
    return integral;
  }

  int size() {
    return lengths.length;
  }

  double length(int i) {
    return lengths[i];
  }

  double square(int i) {
    return squares[i];
  }

  double slopeSquare(int i) {
    return slopeSquares[i];
  }

  /** The first point above {@code q}; the size if there is none. */
  int above(double q) {
    int i = 0;
    while (i < lengths.length && lengths[i] <= q) {
      i++;
    }
    return i;
  }
}
