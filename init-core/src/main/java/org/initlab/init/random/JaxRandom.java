package org.initlab.init.random;

/**
 * The functions {@code uniform}, {@code normal} and {@code truncated_normal} of {@code jax.random}
 * in float32, bit for bit those of JAX 0.10 on an x86 processor with fused multiply-add.
 *
 * <p>Formula: u, of 23 bits, times the width of the interval plus its lower end, the product
 * unrounded; for normal numbers sqrt(2) erfinv of it by {@link XlaInverseErf}; for truncated ones
 * confined to the floats between the cuts. Source: JAX, {@code jax/_src/random}; what XLA makes of
 * it, read in its dumps.
 *
 * <p>These are not InitLab's own draws from the same key, which round elsewhere and are faster.
 */
public final class JaxRandom {

  private static final int BLOCK = 2048;

  /** erf(sqrt(2)) in single precision, by XLA's quotient and by exact arithmetic alike. */
  private static final float WITHIN_TWO = 0.9544997f;

  private JaxRandom() {}

  /** Changes the first {@code n} numbers of an array. */
  private interface Step {
    void apply(float[] x, int n);
  }

  /** Fills {@code out} with {@code uniform(key, shape, minval=low, maxval=high) * factor}. */
  public static void uniform(Key key, float low, float high, float factor, float[] out) {
    float width = high - low;
    fill(key, out, (x, n) -> stretch(n, x, width, low), factor);
  }

  /** Fills {@code out} with {@code normal(key, shape) * factor}. */
  public static void normal(Key key, float factor, float[] out) {
    XlaInverseErf inverse = new XlaInverseErf(Math.min(BLOCK, out.length));
    float low = Math.nextUp(-1f);
    fill(
        key,
        out,
        (x, n) -> {
          stretch(n, x, 2, low);
          inverse.apply(x, n);
        },
        factor);
  }

  /** Fills {@code out} with {@code truncated_normal(key, -2, 2, shape) * factor}. */
  public static void truncatedNormal(Key key, float factor, float[] out) {
    XlaInverseErf inverse = new XlaInverseErf(Math.min(BLOCK, out.length));
    float most = Math.nextDown(2f);
    fill(
        key,
        out,
        (x, n) -> {
          stretch(n, x, 2 * WITHIN_TWO, -WITHIN_TWO);
          inverse.apply(x, n);
          confine(n, x, most);
        },
        factor);
  }

  private static void fill(Key key, float[] out, Step step, float factor) {
    float[] block = new float[Math.min(BLOCK, out.length)];
    Uniforms uniforms = new Uniforms(key, block.length);
    for (int at = 0; at < out.length; at += BLOCK) {
      int n = Math.min(BLOCK, out.length - at);
      uniforms.fill(at, block, 0, n);
      step.apply(block, n);
      multiply(n, block, factor);
      System.arraycopy(block, 0, out, at, n);
    }
  }

  private static void stretch(int n, float[] u, float width, float low) {
    for (int j = 0; j < n; j++) {
      u[j] = Math.fma(u[j], width, low);
    }
  }

  private static void confine(int n, float[] x, float most) {
    for (int j = 0; j < n; j++) {
      x[j] = Math.max(-most, Math.min(most, x[j]));
    }
  }

  private static void multiply(int n, float[] x, float factor) {
    for (int j = 0; j < n; j++) {
      x[j] *= factor;
    }
  }
}
