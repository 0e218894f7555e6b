package org.initlab.init.random;

/**
 * The inverse error function in single precision, in place on a block of numbers.
 *
 * <p>Formula: x P(w), w = -log(1 - x^2), with one polynomial P for w below 5 and another, in
 * sqrt(w), beyond. Source: Giles 2012, "Approximating the erfinv function", table 5, which XLA and
 * so JAX use; the logarithm is the polynomial of Moshier's Cephes. Only + - * and sqrt: the bits
 * are the same on every platform; of the 2^23 normals that can be made of them 97 in 100 are those
 * of JAX 0.10, and the others within three units in the last place. JAX's very own: {@link
 * JaxRandom}.
 *
 * <p>It is not defined at -1 and 1, and is not shared between threads: it owns its buffers.
 */
public final class InverseErf {

  /** Bits of sqrt(1/2): mantissas are taken from there to sqrt(2), so that log(1) is exactly 0. */
  private static final int HALF_ROOT = 0x3F3504F3;

  /** Numbers up to here are all in the centre: w is below 5 up to 0.99663. */
  public static final float CENTRE = 0.996f;

  private final float[] w;
  private final float[] near;
  private final int[] bits;
  private final int[] other;
  private final Reinterpret reinterpret;

  /** An inverse for blocks of at most {@code largest} numbers. */
  public InverseErf(int largest) {
    w = new float[largest];
    near = new float[largest];
    bits = new int[largest];
    other = new int[largest];
    reinterpret = new Reinterpret(largest);
  }

  /**
   * Replaces the first {@code n} numbers of {@code x}, all inside (-1, 1), by their inverses; not
   * more than the largest block.
   */
  public void apply(float[] x, int n) {
    apply(x, n, 1, 1);
  }

  /** The same, the inverses multiplied by one factor and then by the other. */
  public void apply(float[] x, int n, float first, float second) {
    takeApart(x, n);
    int lanes = TailMarks.join(n, bits, other);
    minusLog(n, w, near);
    centre(n, w, near);
    tails(n, lanes);
    multiply(n, near, first, second, x);
  }

  /**
   * The same of numbers of which none is beyond {@link #CENTRE}, where no tail need be looked for:
   * the inverses multiplied by one factor, confined to within {@code most} of 0, and multiplied by
   * the other.
   */
  public void applyToCentre(float[] x, int n, float first, float most, float second) {
    takeApart(x, n);
    minusLog(n, w, near);
    centre(n, w, near);
    multiply(n, near, first, most, second, x);
  }

  /** Takes 1 - x^2 apart: mantissas to {@code w}, exponents to {@code near} and {@code bits}. */
  private void takeApart(float[] x, int n) {
    complement(n, x, w);
    reinterpret.toInts(w, n, bits);
    split(n, bits, other);
    reinterpret.toFloats(other, n, w, 0);
    reinterpret.toFloats(bits, n, near, 0);
  }

  // Short loops without branches or calls, that use the same place of every array: these the JIT
  // compiler of Java 17 vectorizes.

  private static void complement(int n, float[] x, float[] w) {
    for (int j = 0; j < n; j++) {
      w[j] = 1 - x[j] * x[j];
    }
  }

  /** Bits of a positive float to those of its mantissa, and of 1.5 x 2^23 plus its exponent. */
  static void split(int n, int[] bits, int[] low) {
    for (int j = 0; j < n; j++) {
      int shifted = bits[j] - HALF_ROOT;
      low[j] = (shifted & 0x7FFFFF) + HALF_ROOT;
      bits[j] = (shifted >> 23) + TailMarks.ONE_AND_A_HALF;
    }
  }

  private static void minusLog(int n, float[] m, float[] shiftedExponent) {
    for (int j = 0; j < n; j++) {
      float e = shiftedExponent[j] - 12582912f;
      float f = m[j] - 1;
      float z = f * f;
      float p = Math.fma(7.0376836292e-2f, f, -1.1514610310e-1f);
      p = Math.fma(p, f, 1.1676998740e-1f);
      p = Math.fma(p, f, -1.2420140846e-1f);
      p = Math.fma(p, f, 1.4249322787e-1f);
      p = Math.fma(p, f, -1.6668057665e-1f);
      p = Math.fma(p, f, 2.0000714765e-1f);
      p = Math.fma(p, f, -2.4999993993e-1f);
      p = Math.fma(p, f, 3.3333331174e-1f);
      p = Math.fma(p * f, z, -2.12194440e-4f * e);
      p = Math.fma(-0.5f, z, p);
      m[j] = Math.fma(-0.693359375f, e, -(f + p));
    }
  }

  private static void multiply(int n, float[] factor, float first, float second, float[] x) {
    for (int j = 0; j < n; j++) {
      x[j] = first * (x[j] * factor[j]) * second;
    }
  }

  private static void multiply(
      int n, float[] factor, float first, float most, float second, float[] x) {
    for (int j = 0; j < n; j++) {
      x[j] = Math.max(-most, Math.min(most, first * (x[j] * factor[j]))) * second;
    }
  }

  /** Giles' polynomial where w is below 5. */
  static void centre(int n, float[] w, float[] result) {
    for (int j = 0; j < n; j++) {
      float v = w[j] - 2.5f;
      float p = Math.fma(2.81022636e-08f, v, 3.43273939e-07f);
      p = Math.fma(p, v, -3.5233877e-06f);
      p = Math.fma(p, v, -4.39150654e-06f);
      p = Math.fma(p, v, 0.00021858087f);
      p = Math.fma(p, v, -0.00125372503f);
      p = Math.fma(p, v, -0.00417768164f);
      p = Math.fma(p, v, 0.246640727f);
      result[j] = Math.fma(p, v, 1.50140941f);
    }
  }

  private void tails(int n, int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      if (other[lane] < 0) {
        for (int j = lane; j < n; j += lanes) {
          if (w[j] >= 5) {
            near[j] = tail(w[j]);
          }
        }
      }
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
