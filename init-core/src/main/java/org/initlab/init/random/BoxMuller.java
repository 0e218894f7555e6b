package org.initlab.init.random;

/**
 * Sixteen uniform numbers to sixteen normal ones in single precision, in place.
 *
 * <p>Formula: with r = sqrt(-2 log(1 - u)) and t = 2 pi v, u from the first half of a block and v
 * from the second: r cos t replaces u, and r sin t replaces v. Source: Box and Muller 1958; the
 * logarithm, sine and cosine are the polynomials of Moshier's Cephes in the order of operations of
 * Pommier's vectorized version, which PyTorch uses. Only + - * and sqrt, so the bits are the same
 * on every machine.
 */
final class BoxMuller {

  /** How many numbers a block has. */
  static final int BLOCK = 16;

  private static final int HALF = BLOCK / 2;
  private static final float HALF_ROOT = 0.707106781186547524f;
  private static final float TWO_PI = (float) (2 * Math.PI);

  private BoxMuller() {}

  /** Transforms {@code x[from], ..., x[from + 15]}. */
  static void transform(float[] x, int from, float deviation) {
    for (int j = from; j < from + HALF; j++) {
      float radius = (float) Math.sqrt(-2 * log(1 - x[j]));
      float angle = TWO_PI * x[j + HALF];
      int octant = (int) (angle * 1.27323954473516f) + 1 & ~1;
      float y = octant;
      float r = Math.fma(y, -0.78515625f, angle);
      r = Math.fma(y, -2.4187564849853515625e-4f, r);
      r = Math.fma(y, -3.77489497744594108e-8f, r);
      float cos = cosine(r);
      float sin = sine(r);
      boolean swap = (octant & 2) != 0;
      float c = swap ? sin : cos;
      float s = swap ? cos : sin;
      x[j] = radius * ((octant + 2 & 4) != 0 ? -c : c) * deviation;
      x[j + HALF] = radius * ((octant & 4) != 0 ? -s : s) * deviation;
    }
  }

  private static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    float e = (bits >>> 23) - 126;
    float m = Float.intBitsToFloat(bits & 0x7FFFFF | 0x3F000000);
    if (m < HALF_ROOT) {
      e -= 1;
      m = m - 1 + m;
    } else {
      m -= 1;
    }
    float z = m * m;
    float p = 7.0376836292e-2f;
    p = Math.fma(p, m, -1.1514610310e-1f);
    p = Math.fma(p, m, 1.1676998740e-1f);
    p = Math.fma(p, m, -1.2420140846e-1f);
    p = Math.fma(p, m, 1.4249322787e-1f);
    p = Math.fma(p, m, -1.6668057665e-1f);
    p = Math.fma(p, m, 2.0000714765e-1f);
    p = Math.fma(p, m, -2.4999993993e-1f);
    p = Math.fma(p, m, 3.3333331174e-1f);
    p = p * m * z;
    p = Math.fma(e, -2.12194440e-4f, p);
    p = Math.fma(z, -0.5f, p);
    return Math.fma(e, 0.693359375f, m + p);
  }

  private static float cosine(float r) {
    float z = r * r;
    float p = Math.fma(2.443315711809948e-5f, z, -1.388731625493765e-3f);
    p = Math.fma(p, z, 4.166664568298827e-2f);
    return Math.fma(z, -0.5f, p * z * z) + 1;
  }

  private static float sine(float r) {
    float z = r * r;
    float p = Math.fma(-1.9515295891e-4f, z, 8.3321608736e-3f);
    p = Math.fma(p, z, -1.6666654611e-1f);
    return Math.fma(p * z, r, r);
  }
}
