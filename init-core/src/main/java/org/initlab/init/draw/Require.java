package org.initlab.init.draw;

/** The sentences that refuse a parameter: initializer, parameter, what is allowed, value. */
final class Require {

  private Require() {}

  static void factor(String initializer, String parameter, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw refused(initializer, parameter, "a finite number of at least 0", value);
    }
  }

  static void finite(String initializer, String parameter, double value) {
    if (!Double.isFinite(value)) {
      throw refused(initializer, parameter, "a finite number", value);
    }
  }

  static void count(String initializer, String parameter, long value) {
    if (value < 1) {
      throw refused(initializer, parameter, "a whole number of at least 1", value);
    }
  }

  static IllegalArgumentException refused(
      String initializer, String parameter, String allowed, Object value) {
    return new IllegalArgumentException(
        "%s: %s must be %s, not %s.".formatted(initializer, parameter, allowed, value));
  }
}
