package org.initlab.init.theory;

import org.initlab.init.Activation;

/**
 * One activation's integrals for signals that fade over hundreds of layers: below a length of
 * {@value #TINY} an activation through 0 is its two slopes there, so that its integrals are those
 * at {@value #TINY} in proportion to the length, to 1e-9. The last pair of lengths is kept, for
 * signals that have settled. For one thread.
 */
final class NearZero {

  private static final double TINY = 1e-20;

  /** Lengths that differ by less, relative to their size, have one integral. */
  private static final double SAME = 1e-13;

  private final GaussianIntegral exact;
  private final boolean throughZero;
  private final double tinySquare;
  private final double tinySlopeSquare;
  private PairIntegral tinyPair;
  private PairIntegral lastPair;
  private double last1 = Double.NaN;
  private double last2 = Double.NaN;

  NearZero(Activation activation) {
    this.exact = GaussianIntegral.of(activation);
    this.throughZero = activation.of(0) == 0;
    this.tinySquare = exact.square(TINY);
    this.tinySlopeSquare = exact.slopeSquare(TINY);
  }

  GaussianIntegral exact() {
    return exact;
  }

  /** E[f(x)^2]. */
  double square(double q) {
    return isLinear(q) ? tinySquare * (q / TINY) : exact.square(q);
  }

  /** E[f'(x)^2]. */
  double slopeSquare(double q) {
    return isLinear(q) ? tinySlopeSquare : exact.slopeSquare(q);
  }

  /** E[f(x) f(y)] for lengths above 0 and the correlation c. */
  double product(double q1, double q2, double c) {
    if (isLinear(q1) && isLinear(q2)) {
      if (tinyPair == null) {
        tinyPair = exact.pair(TINY, TINY);
      }
      return tinyPair.of(c) * (Math.sqrt(q1) * Math.sqrt(q2) / TINY);
    }
    if (!(Math.abs(q1 - last1) <= SAME * q1 && Math.abs(q2 - last2) <= SAME * q2)) {
      lastPair = exact.pair(q1, q2);
      last1 = q1;
      last2 = q2;
    }
    return lastPair.of(c);
  }

  private boolean isLinear(double q) {
    return throughZero && q < TINY;
  }
}
