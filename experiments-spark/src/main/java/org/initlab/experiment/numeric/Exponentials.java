package org.initlab.experiment.numeric;

/**
 * e^x of many numbers, as a power of two and the rest: {@code e^x = scale (1 + rest)}, so that
 * {@code e^x - 1 = scale rest + (scale - 1)} keeps its digits near 0.
 *
 * <p>Formula: {@code k = round(x / log 2)}, {@code r = x - k log 2} in two parts (Cody and Waite
 * 1980), {@code rest = e^r - 1} by a minimax polynomial of relative error 3e-9, {@code scale =
 * 2^k}. Arguments are cut to [{@value #LEAST}, {@value #MOST}], where e^x is a normal float; NaN
 * stays. Each loop is short enough for the compiler to vectorize. For one thread.
 */
final class Exponentials {

  /** The least argument that counts: below it e^x would be subnormal. */
  static final float LEAST = -87.3f;

  /** The greatest argument that counts. */
  static final float MOST = 88.3f;

  private static final float PER_LOG_2 = 1.44269504f;

  private static final float LOG_2_HIGH = 0.693359375f;
  private static final float LOG_2_LOW = -2.12194440e-4f;

  private static final float BIAS = 127f;
  private static final int EXPONENT_AT = 23;

  /** What to raise e to; the caller writes it. */
  final float[] x;

  final float[] scale;
  final float[] rest;

  Exponentials(int capacity) {
    this.x = new float[capacity];
    this.scale = new float[capacity];
    this.rest = new float[capacity];
  }

  /** Fills scale and rest for the first {@code n} arguments; x is used up. */
  void split(int n) {
    cut(x, n);
    reduce(x, scale, n);
    polynomial(x, rest, n);
    power(scale, n);
  }

  private static void cut(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = Math.max(LEAST, Math.min(MOST, x[i]));
    }
  }

  private static void reduce(float[] x, float[] scale, int n) {
    for (int i = 0; i < n; i++) {
      float k = (x[i] * PER_LOG_2 + Steps.ROUNDER) - Steps.ROUNDER;
      scale[i] = k + (Steps.ROUNDER + BIAS);
      x[i] = (x[i] - k * LOG_2_HIGH) - k * LOG_2_LOW;
    }
  }

  private static void polynomial(float[] r, float[] rest, int n) {
    for (int i = 0; i < n; i++) {
      rest[i] = (1.381459782e-3f * r[i] + 8.368716951e-3f) * r[i] + 4.166838806e-2f;
    }
    for (int i = 0; i < n; i++) {
      rest[i] = (rest[i] * r[i] + 1.666652063e-1f) * r[i] + 4.999999345e-1f;
    }
    for (int i = 0; i < n; i++) {
      rest[i] = r[i] + r[i] * r[i] * rest[i];
    }
  }

  /** The lowest bits of k + Steps.ROUNDER + BIAS are those of the exponent of 2^k. */
  private static void power(float[] k, int n) {
    for (int i = 0; i < n; i++) {
      k[i] = Float.intBitsToFloat(Float.floatToRawIntBits(k[i]) << EXPONENT_AT);
    }
  }
}
