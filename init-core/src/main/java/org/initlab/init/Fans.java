package org.initlab.init;

/**
 * Fan-in and fan-out of a layer: how many weights feed one output unit, and how many one input unit
 * feeds (Glorot and Bengio 2010, section 4.2.1; He et al. 2015, section 2.2 for convolutions).
 *
 * @param in connections into one output unit, above 0
 * @param out connections out of one input unit, above 0
 */
public record Fans(double in, double out) {

  public Fans {
    if (!(in > 0) || !(out > 0)) {
      throw new IllegalArgumentException("Fans must be above 0, not in=" + in + ", out=" + out);
    }
  }
}
