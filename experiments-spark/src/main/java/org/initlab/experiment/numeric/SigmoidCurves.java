package org.initlab.experiment.numeric;

/** Activations that saturate on both sides, made of e^x. */
final class SigmoidCurves {

  private SigmoidCurves() {}

  /**
   * {@code c + c^3 P(c^2) + (c / near) (k - 2 / (1 + Q(a)^4))} with {@code c} the argument between
   * -near and near, {@code a = max(near, |s|)}, near 1.125: the first two are tanh c, and what is
   * added is {@code tanh a - tanh near}, 0 below. P and Q, which is {@code e^(a/2)}, are minimax
   * polynomials (2e-9 and 5e-9 of the result) rounded to floats for the least error of the whole,
   * 1.6 units in the last place. k is 2 / (1 + Q(near)^4), so that tanh is 1 far out. f' is taken
   * from the output.
   *
   * <p>All in one loop, with fused multiplications and additions, which are the same everywhere; a
   * processor that has none takes them from Java, some 20,000 times as slowly.
   */
  static final class Tanh implements Curve {

    private static final float NEAR = 1.125f;
    private static final float PER_NEAR = 1 / NEAR;
    private static final float LEFT = beyond(NEAR);

    /** 1 - tanh a, for a from NEAR on. */
    private static float beyond(float a) {
      float q = Math.fma(6.26327119e-6f, a, -3.08474264e-5f);
      q = Math.fma(q, a, 5.47317555e-4f);
      q = Math.fma(q, a, 1.70457817e-3f);
      q = Math.fma(q, a, 2.25298423e-2f);
      q = Math.fma(q, a, 1.23100661e-1f);
      q = Math.fma(q, a, 5.01161754e-1f);
      q = Math.fma(q, a, 9.99701262e-1f);
      float square = q * q;
      return 2f / (square * square + 1f);
    }

    /** tanh c, for c from -NEAR to NEAR. */
    private static float within(float c) {
      float y = c * c;
      float p = Math.fma(8.48466281778e-5f, y, -6.8775680965e-4f);
      p = Math.fma(p, y, 2.81823821696e-3f);
      p = Math.fma(p, y, -8.36603176803e-3f);
      p = Math.fma(p, y, 2.16740093377e-2f);
      p = Math.fma(p, y, -5.39245144509e-2f);
      p = Math.fma(p, y, 1.33328513145e-1f);
      p = Math.fma(p, y, -3.33333149367e-1f);
      return Math.fma(c * y, p, c);
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      for (int i = 0; i < n; i++) {
        float c = Math.max(-NEAR, Math.min(NEAR, s[i]));
        float more = LEFT - beyond(Math.max(NEAR, Math.abs(s[i])));
        z[i] = Math.fma(c * PER_NEAR, more, within(c));
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      for (int i = 0; i < n; i++) {
        d[i] *= 1f - z[i] * z[i];
      }
    }
  }

  /** {@code 1 / (1 + e^-s)}; f' is taken from the output. */
  static final class Sigmoid implements Curve {

    private final Exponentials e;

    Sigmoid(int capacity) {
      this.e = new Exponentials(capacity);
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      logistic(e, s, z, n);
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      for (int i = 0; i < n; i++) {
        d[i] *= z[i] * (1f - z[i]);
      }
    }
  }

  /** Writes the logistic function of s. */
  static void logistic(Exponentials e, float[] s, float[] into, int n) {
    float[] x = e.x;
    for (int i = 0; i < n; i++) {
      x[i] = -s[i];
    }
    e.split(n);
    float[] scale = e.scale;
    float[] rest = e.rest;
    for (int i = 0; i < n; i++) {
      into[i] = 1f / (1f + (scale[i] + scale[i] * rest[i]));
    }
  }
}
