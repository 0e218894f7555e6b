package org.initlab.init.theory;

/**
 * Where the length of a signal goes with depth.
 *
 * @param kind what happens to it
 * @param q the mean square of pre-activations in the limit; 0 if it vanishes, infinite if it
 *     diverges, the length of the start if every length is preserved
 */
public record LengthLimit(Kind kind, double q) {

  /** What happens to the length of a signal. */
  public enum Kind {
    /** It settles at a length above 0. */
    FIXED,
    /** It shrinks to 0. */
    VANISHING,
    /** It grows without bound: beyond 1e12 in this platform. */
    DIVERGING,
    /** It stays what it was, whatever it was: ReLU at He's variance. */
    PRESERVED
  }
}
