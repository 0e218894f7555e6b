package org.initlab.init.calibrate;

/** The sentences that refuse a calibrator's parameter. */
final class Allowed {

  private Allowed() {}

  static void above(String calibrator, String parameter, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "%s: %s must be a finite number above 0, not %s."
              .formatted(calibrator, parameter, value));
    }
  }

  static void count(String calibrator, String parameter, long value) {
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s: %s must be a whole number from 1 to %d, not %d."
              .formatted(calibrator, parameter, Integer.MAX_VALUE, value));
    }
  }
}
