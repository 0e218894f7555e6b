package org.initlab.experiment.numeric;

/** Activations that saturate on both sides, made of e^x. */
final class SigmoidCurves {

  private SigmoidCurves() {}

  /**
   * {@code tanh s = E / (E + 2)} with {@code E = e^2s - 1}, and {@code s + s^3 P(s^2)} near 0, P by
   * a minimax polynomial (4e-10); f' is taken from the output.
   */
  static final class Tanh implements Curve {

    /** tanh is 1 in single precision from here on. */
    private static final float FLAT = 10f;

    /** Below, the polynomial holds; a power of two, so that its inverse is exact. */
    private static final float NEAR = 0.5f;

    /** From E of this on, the difference from 1 holds more digits; a power of two. */
    private static final float FAR = 8f;

    private final Exponentials e;

    Tanh(int capacity) {
      this.e = new Exponentials(capacity);
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      float[] x = e.x;
      for (int i = 0; i < n; i++) {
        x[i] = 2f * Math.min(FLAT, Math.abs(s[i]));
      }
      e.splitUncut(n);
      float[] scale = e.scale;
      float[] rest = e.rest;
      for (int i = 0; i < n; i++) {
        float less = scale[i] * rest[i] + (scale[i] - 1f);
        float far = Steps.isOne(Math.min(FAR, less) / FAR);
        float part = (far * 2f + (1f - far) * less) / (less + 2f);
        z[i] = far + (1f - 2f * far) * part;
      }
      for (int i = 0; i < n; i++) {
        float c = Math.max(-NEAR, Math.min(NEAR, s[i]));
        float y = c * c;
        float p =
            ((-6.647479878e-3f * y + 2.129798626e-2f) * y - 5.389918945e-2f) * y + 1.333296425e-1f;
        x[i] = c;
        rest[i] = c + c * y * (p * y - 3.333332688e-1f);
      }
      for (int i = 0; i < n; i++) {
        float signed = x[i] / NEAR;
        float far = Steps.isOne(Math.abs(signed));
        z[i] = far * signed * z[i] + (1f - far) * rest[i];
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
