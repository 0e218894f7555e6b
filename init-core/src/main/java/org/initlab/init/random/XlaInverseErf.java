package org.initlab.init.random;

/**
 * Normal numbers from uniform ones, sqrt(2) erfinv(x), rounded where XLA's code for x86 processors
 * rounds: the bits are those of JAX 0.10.
 *
 * <p>Formula: x P(w), w = -log1p(-x^2), with the two polynomials of {@link InverseErf}. Where x^2
 * is below sqrt(2) - 1 the logarithm is the quotient of polynomials of Cephes' log1p, elsewhere
 * that of 1 - x^2 by the polynomial of Cephes' logf in Estrin's order; each product that is added
 * to something is added unrounded, as the compiler of XLA contracts it. Source: Giles 2012,
 * "Approximating the erfinv function", table 5; Moshier's Cephes; what XLA emits for {@code
 * jax.random.normal}, read in its dumps.
 *
 * <p>A processor without fused multiply-add, or a GPU, gives JAX itself other last bits. InitLab's
 * own draws go through {@link InverseErf}, which takes one logarithm for all x and half the time.
 * It is not defined at -1 and 1, and is not shared between threads.
 */
final class XlaInverseErf {

  private static final float SQRT_2 = (float) Math.sqrt(2);

  /** Bits of sqrt(2) - 1. */
  private static final int NEAR = 0x3ED413CD;

  private final float[] t;
  private final float[] w;
  private final float[] other;
  private final int[] bits;
  private final int[] mantissas;
  private final int[] marks;
  private final int[] squares;
  private final Reinterpret reinterpret;

  /** An inverse for blocks of at most {@code largest} numbers. */
  XlaInverseErf(int largest) {
    t = new float[largest];
    w = new float[largest];
    other = new float[largest];
    bits = new int[largest];
    mantissas = new int[largest];
    marks = new int[largest];
    squares = new int[largest];
    reinterpret = new Reinterpret(largest);
  }

  /** Replaces the first {@code n} numbers of {@code x}, all inside (-1, 1), by sqrt(2) erfinv. */
  void apply(float[] x, int n) {
    minusSquare(n, x, t);
    plusOne(n, t, other);
    reinterpret.toInts(other, n, bits);
    InverseErf.split(n, bits, mantissas);
    reinterpret.toFloats(mantissas, n, w, 0);
    reinterpret.toFloats(bits, n, other, 0);
    far(n, w, other);
    reinterpret.toInts(w, n, mantissas);
    below(n, t, other);
    near(n, t, other);
    reinterpret.toInts(other, n, marks);
    reinterpret.toInts(t, n, squares);
    choose(n, marks, squares, mantissas);
    reinterpret.toFloats(mantissas, n, w, 0);
    int lanes = TailMarks.join(n, bits, marks);
    InverseErf.centre(n, w, other);
    tails(n, lanes);
    multiply(n, other, x);
  }

  // Short loops without branches or calls: these the JIT compiler of Java 17 vectorizes.

  private static void minusSquare(int n, float[] x, float[] t) {
    for (int j = 0; j < n; j++) {
      t[j] = -x[j] * x[j];
    }
  }

  private static void plusOne(int n, float[] t, float[] y) {
    for (int j = 0; j < n; j++) {
      y[j] = t[j] + 1;
    }
  }

  /** Mantissas and exponents to logarithms. */
  private static void far(int n, float[] m, float[] shiftedExponent) {
    for (int j = 0; j < n; j++) {
      float e = shiftedExponent[j] - 12582912f;
      float f = m[j] - 1;
      float z = f * f;
      float cube = z * f;
      float a = Math.fma(7.0376836292e-2f, f, -1.1514610310e-1f);
      float b = Math.fma(-1.2420140846e-1f, f, 1.4249322787e-1f);
      float c = Math.fma(2.0000714765e-1f, f, -2.4999993993e-1f);
      a = Math.fma(a, f, 1.1676998740e-1f);
      b = Math.fma(b, f, -1.6668057665e-1f);
      c = Math.fma(c, f, 3.3333331174e-1f);
      float p = Math.fma(Math.fma(a, cube, b), cube, c);
      float low = Math.fma(p, cube, -2.12194440e-4f * e);
      m[j] = Math.fma(0.693359375f, e, Math.fma(-0.5f, z, f) + low);
    }
  }

  private static void below(int n, float[] t, float[] q) {
    for (int j = 0; j < n; j++) {
      float p = t[j] + 1.5062909083469192e1f;
      p = Math.fma(p, t[j], 8.3047565967967209e1f);
      p = Math.fma(p, t[j], 2.2176239823732856e2f);
      p = Math.fma(p, t[j], 3.0909872225312059e2f);
      p = Math.fma(p, t[j], 2.1642788614495947e2f);
      q[j] = Math.fma(p, t[j], 6.0118660497603843e1f);
    }
  }

  /** log1p(t) from t and the denominators. */
  private static void near(int n, float[] t, float[] q) {
    for (int j = 0; j < n; j++) {
      float p = Math.fma(4.5270000862445199e-5f, t[j], 4.9854102823193375e-1f);
      p = Math.fma(p, t[j], 6.5787325942061044e0f);
      p = Math.fma(p, t[j], 2.9911919328553073e1f);
      p = Math.fma(p, t[j], 6.0949667980987787e1f);
      p = Math.fma(p, t[j], 5.7112963590585538e1f);
      p = Math.fma(p, t[j], 2.0039553499201281e1f);
      float square = t[j] * t[j];
      q[j] = t[j] + Math.fma(-0.5f, square, t[j] * square * (p / q[j]));
    }
  }

  /** Puts what is near in the place of what is far where x^2 is below sqrt(2) - 1; negates it. */
  private static void choose(int n, int[] near, int[] negativeSquare, int[] far) {
    for (int j = 0; j < n; j++) {
      int mask = (negativeSquare[j] & 0x7FFFFFFF) - NEAR >> 31;
      far[j] = (near[j] & mask | far[j] & ~mask) ^ 0x80000000;
    }
  }

  private void tails(int n, int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      if (marks[lane] < 0) {
        for (int j = lane; j < n; j += lanes) {
          if (w[j] >= 5) {
            other[j] = tail(w[j]);
          }
        }
      }
    }
  }

  private static float tail(float w) {
    float v = (float) Math.sqrt(w) - 3;
    float p = Math.fma(-0.000200214257f, v, 0.000100950558f);
    p = Math.fma(p, v, 0.00134934322f);
    p = Math.fma(p, v, -0.00367342844f);
    p = Math.fma(p, v, 0.00573950773f);
    p = Math.fma(p, v, -0.0076224613f);
    p = Math.fma(p, v, 0.00943887047f);
    p = Math.fma(p, v, 1.00167406f);
    return Math.fma(p, v, 2.83297682f);
  }

  private static void multiply(int n, float[] p, float[] x) {
    for (int j = 0; j < n; j++) {
      x[j] = x[j] * p[j] * SQRT_2;
    }
  }
}
