package org.initlab.init.model;

/**
 * The numbers of a layer's outputs, over its units, over examples and over places, in three
 * moments.
 *
 * @param square the mean square
 * @param shared the mean product of what one unit gives for two examples, or at two places
 * @param mean over units; kernels of mean 0 make it 0
 */
record Crowd(double square, double shared, double mean) {

  /** Data of mean 0, examples and places independent. */
  static Crowd data(double square) {
    return new Crowd(square, 0, 0);
  }

  /** Branches side by side in the sum: their units are independent, their means are not 0. */
  Crowd plus(Crowd other) {
    double cross = 2 * mean * other.mean;
    return new Crowd(
        square + other.square + cross, shared + other.shared + cross, mean + other.mean);
  }

  Crowd times(double factor) {
    return new Crowd(factor * factor * square, factor * factor * shared, factor * mean);
  }

  /** A part of the units of a whole. */
  Crowd part(double share) {
    return new Crowd(share * square, share * shared, share * mean);
  }

  /** Units of two layers side by side, each already a {@link #part}. */
  Crowd beside(Crowd other) {
    return new Crowd(square + other.square, shared + other.shared, mean + other.mean);
  }
}
