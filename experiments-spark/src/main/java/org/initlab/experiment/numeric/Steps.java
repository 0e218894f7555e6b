package org.initlab.experiment.numeric;

/** Choices without branches, in arithmetic that vectorizes. */
final class Steps {

  /** Twice this factor turns the least subnormal into more than 1. */
  private static final float HUGE = 0x1p126f;

  /** Adding and subtracting it rounds a float of less than 2^22 to a whole number. */
  static final float ROUNDER = 12582912f;

  private Steps() {}

  /** 1 above 0, 0 at 0 and below, NaN for NaN. */
  static float step(float x) {
    return Math.min(1f, Math.max(0f, x * HUGE * HUGE));
  }

  /** 1, 0 or -1 as the sign of x. */
  static float sign(float x) {
    return Math.min(1f, Math.max(-1f, x * HUGE * HUGE));
  }
}
