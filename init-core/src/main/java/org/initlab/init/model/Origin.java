package org.initlab.init.model;

import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.Identity;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.draw.Shifted;

/**
 * Where weights come from.
 *
 * @param square the mean square of a weight
 * @param mean of a weight, which is 0 in all that theory speaks of
 * @param initializer draws them
 */
public record Origin(double square, double mean, Initializer initializer) {

  /** Weights of mean 0. */
  public static Origin of(double variance, Law law) {
    return new Origin(variance, 0, new FixedScale(Math.sqrt(variance), law));
  }

  /** Weights around another mean. */
  public static Origin around(double mean, double variance, Law law) {
    FixedScale centred = new FixedScale(Math.sqrt(variance), law);
    return new Origin(
        variance + mean * mean, mean, mean == 0 ? centred : new Shifted(mean, centred));
  }

  /** All the same. */
  public static Origin constant(double value) {
    return new Origin(value * value, value, new Constant(value));
  }

  /**
   * Orthonormal rows or columns times a gain, for a kernel written as a matrix.
   *
   * @param longer the longer side of the matrix
   */
  public static Origin orthogonal(double gain, double longer) {
    return new Origin(gain * gain / longer, 0, new Orthogonal(gain));
  }

  /** The identity matrix times a gain. */
  public static Origin identity(double gain, double longer) {
    return new Origin(gain * gain / longer, 0, new Identity(gain));
  }
}
