package org.initlab.init;

/**
 * Fan-in and fan-out of a layer: how many weights feed one output unit, and how many one input unit
 * feeds (Glorot and Bengio 2010, section 4.2.1; He et al. 2015, section 2.2 for convolutions).
 *
 * @param in connections into one output unit; 0 only where there are no weights
 * @param out connections out of one input unit; 0 only where there are no weights
 */
public record Fans(double in, double out) {

  public Fans {
    if (!(in >= 0) || !(out >= 0) || Double.isInfinite(in + out)) {
      throw new IllegalArgumentException(
          "Fans must be finite and at least 0, not in=" + in + ", out=" + out + ".");
    }
  }
}
