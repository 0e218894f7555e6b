package org.initlab.init.random;

/**
 * The inverse error function in single precision, in place on a block of numbers.
 *
 * <p>Formula: x P(w), w = -log(1 - x^2), with one polynomial P for w below 5 and another, in
 * sqrt(w), beyond. Source: Giles 2012, "Approximating the erfinv function", table 5, which XLA and
 * so JAX use; the logarithm is the polynomial of Moshier's Cephes. Only + - * and sqrt: the bits
 * are the same on every platform, and within two units in the last place of JAX's.
 *
 * <p>It is not defined at -1 and 1, and is not shared between threads: it owns its two buffers.
 */
public final class InverseErf {

  /** Bits of sqrt(1/2): mantissas are taken from there to sqrt(2), so that log(1) is exactly 0. */
  private static final int HALF_ROOT = 0x3F3504F3;

  private final float[] mantissa;
  private final float[] exponent;

  /** An inverse for blocks of at most {@code largest} numbers. */
  public InverseErf(int largest) {
    mantissa = new float[largest];
    exponent = new float[largest];
  }

  /** Replaces each x in {@code block}, all inside (-1, 1), by its inverse error function. */
  public void apply(float[] block) {
    int n = block.length;
    for (int j = 0; j < n; j++) {
      int bits = Float.floatToRawIntBits(1 - block[j] * block[j]) - HALF_ROOT;
      exponent[j] = bits >> 23;
      mantissa[j] = Float.intBitsToFloat((bits & 0x7FFFFF) + HALF_ROOT);
    }
    // From here on mantissa holds w and exponent the result.
    minusLog(n, mantissa, exponent);
    centre(n, mantissa, exponent, block);
    for (int j = 0; j < n; j++) {
      if (mantissa[j] >= 5) {
        exponent[j] = tail(mantissa[j]) * block[j];
      }
    }
    System.arraycopy(exponent, 0, block, 0, n);
  }

  private static void minusLog(int n, float[] m, float[] e) {
    for (int j = 0; j < n; j++) {
      float f = m[j] - 1;
      float z = f * f;
      float p = 7.0376836292e-2f * f - 1.1514610310e-1f;
      p = p * f + 1.1676998740e-1f;
      p = p * f - 1.2420140846e-1f;
      p = p * f + 1.4249322787e-1f;
      p = p * f - 1.6668057665e-1f;
      p = p * f + 2.0000714765e-1f;
      p = p * f - 2.4999993993e-1f;
      p = p * f + 3.3333331174e-1f;
      p = p * f * z - 2.12194440e-4f * e[j] - 0.5f * z;
      m[j] = -(f + p + 0.693359375f * e[j]);
    }
  }

  private static void centre(int n, float[] w, float[] result, float[] x) {
    for (int j = 0; j < n; j++) {
      float v = w[j] - 2.5f;
      float p = 2.81022636e-08f * v + 3.43273939e-07f;
      p = p * v - 3.5233877e-06f;
      p = p * v - 4.39150654e-06f;
      p = p * v + 0.00021858087f;
      p = p * v - 0.00125372503f;
      p = p * v - 0.00417768164f;
      p = p * v + 0.246640727f;
      p = p * v + 1.50140941f;
      result[j] = p * x[j];
    }
  }

  private static float tail(float w) {
    float v = (float) Math.sqrt(w) - 3;
    float p = -0.000200214257f * v + 0.000100950558f;
    p = p * v + 0.00134934322f;
    p = p * v - 0.00367342844f;
    p = p * v + 0.00573950773f;
    p = p * v - 0.0076224613f;
    p = p * v + 0.00943887047f;
    p = p * v + 1.00167406f;
    return p * v + 2.83297682f;
  }
}
