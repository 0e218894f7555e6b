package org.initlab.init.theory;

import java.util.Locale;

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
    FIXED("mean square of pre-activations deep in the network"),
    /** It shrinks to 0. */
    VANISHING("the signal vanishes"),
    /** It grows without bound: beyond 1e12 in this platform. */
    DIVERGING("the signal grows without bound"),
    /** It stays what it was, whatever it was: ReLU at He's variance. */
    PRESERVED("every length is kept");

    private final String says;

    Kind(String says) {
      this.says = says;
    }

    /** What happens, in a few words. */
    public String says() {
      return says;
    }

    /** The name in tables: {@code fixed}. */
    public String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
