package org.initlab.experiment.numeric;

/**
 * Activations made of the error function: a minimax polynomial within 1, and beyond it {@code
 * erfc(a) = e^(-a^2) P(1 / (1 + 0.4 a))}, whose polynomial has relative error 2e-9.
 */
final class ErrorCurves {

  private ErrorCurves() {}

  /** erf. */
  static final class Erf implements Curve {

    /** erf is 1 in single precision from here on. */
    private static final float FLAT = 4f;

    private static final float TWO_BY_ROOT_PI = 1.12837917f;

    private final Tail tail;

    Erf(int capacity) {
      this.tail = new Tail(capacity);
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      float[] a = tail.a;
      for (int i = 0; i < n; i++) {
        a[i] = Math.min(FLAT, Math.abs(s[i]));
      }
      tail.fill(n);
      near(s, z, n);
      float[] erfc = tail.erfc;
      for (int i = 0; i < n; i++) {
        float far = Steps.step(a[i] - 1f);
        z[i] = far * Steps.sign(s[i]) * (1f - erfc[i]) + (1f - far) * z[i];
      }
    }

    /** {@code s + s P(s^2)} with s cut to [-1, 1]. */
    private void near(float[] s, float[] z, int n) {
      float[] y = tail.e.x;
      for (int i = 0; i < n; i++) {
        y[i] = Math.min(1f, s[i] * s[i]);
      }
      for (int i = 0; i < n; i++) {
        z[i] = (7.853854341e-5f * y[i] - 8.010191502e-4f) * y[i] + 5.188327444e-3f;
      }
      for (int i = 0; i < n; i++) {
        z[i] = (z[i] * y[i] - 2.685381181e-2f) * y[i] + 1.128358515e-1f;
      }
      for (int i = 0; i < n; i++) {
        z[i] = (z[i] * y[i] - 3.761262582e-1f) * y[i] + 1.283791657e-1f;
      }
      for (int i = 0; i < n; i++) {
        float x = Math.max(-1f, Math.min(1f, s[i]));
        z[i] = x + x * z[i];
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      Exponentials e = tail.e;
      float[] x = e.x;
      for (int i = 0; i < n; i++) {
        x[i] = -(s[i] * s[i]);
      }
      e.split(n);
      float[] scale = e.scale;
      float[] rest = e.rest;
      for (int i = 0; i < n; i++) {
        d[i] *= TWO_BY_ROOT_PI * (scale[i] + scale[i] * rest[i]);
      }
    }
  }

  /** {@code s Phi(s)}, with the normal cdf {@code Phi(s) = erfc(-s / sqrt 2) / 2}. */
  static final class Gelu implements Curve {

    private static final float ROOT_HALF = 0.70710678f;
    private static final float DENSITY_AT_0 = 0.39894228f;

    /** Beyond, e^(-s^2 / 2) would be subnormal. */
    private static final float FAR = 9.3f;

    private final Tail tail;
    private final float[] cdf;

    Gelu(int capacity) {
      this.tail = new Tail(capacity);
      this.cdf = new float[capacity];
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      cdf(s, n);
      float[] p = cdf;
      for (int i = 0; i < n; i++) {
        z[i] = s[i] * p[i];
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      cdf(s, n);
      float[] p = cdf;
      float[] power = tail.e.rest;
      for (int i = 0; i < n; i++) {
        d[i] *= p[i] + s[i] * DENSITY_AT_0 * power[i];
      }
    }

    private void cdf(float[] s, int n) {
      float[] a = tail.a;
      for (int i = 0; i < n; i++) {
        a[i] = ROOT_HALF * Math.min(FAR * 2f, Math.abs(s[i]));
      }
      tail.fill(n);
      float[] erfc = tail.erfc;
      float[] p = cdf;
      for (int i = 0; i < n; i++) {
        float above = Steps.step(s[i]);
        p[i] = above + (0.5f - above) * erfc[i];
      }
    }
  }

  /** erfc of numbers of at least 0, and e^(-a^2) beside it. */
  private static final class Tail {

    final Exponentials e;

    /** The arguments; the caller writes them. */
    final float[] a;

    final float[] erfc;
    private final float[] t;

    Tail(int capacity) {
      this.e = new Exponentials(capacity);
      this.a = new float[capacity];
      this.erfc = new float[capacity];
      this.t = new float[capacity];
    }

    /** Fills erfc; {@code e.rest} holds e^(-a^2) then. */
    void fill(int n) {
      float[] a = this.a;
      float[] x = e.x;
      for (int i = 0; i < n; i++) {
        x[i] = -(a[i] * a[i]);
      }
      e.split(n);
      float[] scale = e.scale;
      float[] power = e.rest;
      for (int i = 0; i < n; i++) {
        power[i] = scale[i] + scale[i] * power[i];
      }
      polynomial(n);
      float[] p = erfc;
      for (int i = 0; i < n; i++) {
        p[i] *= power[i];
      }
    }

    private void polynomial(int n) {
      float[] t = this.t;
      float[] p = erfc;
      for (int i = 0; i < n; i++) {
        t[i] = 1f / (1f + 0.4f * a[i]);
      }
      for (int i = 0; i < n; i++) {
        p[i] = (-3.867225962e-2f * t[i] + 2.502775298e-1f) * t[i] - 6.306068772e-1f;
      }
      for (int i = 0; i < n; i++) {
        p[i] = (p[i] * t[i] + 7.387798813e-1f) * t[i] - 4.611606644e-1f;
      }
      for (int i = 0; i < n; i++) {
        p[i] = (p[i] * t[i] + 3.804994098e-1f) * t[i] + 8.504236047e-2f;
      }
      for (int i = 0; i < n; i++) {
        p[i] = (p[i] * t[i] + 2.270808962e-1f) * t[i] + 2.228551453e-1f;
      }
      for (int i = 0; i < n; i++) {
        p[i] = (p[i] * t[i] + 2.259133998e-1f) * t[i] - 8.819801329e-6f;
      }
    }
  }
}
