package org.initlab.experiment.numeric;

/** Activations that bend from one line into another, made of e^x. */
final class RectifierCurves {

  private RectifierCurves() {}

  /** {@code s logistic(s)}. */
  static final class Silu implements Curve {

    private final Exponentials e;
    private final float[] gate;

    Silu(int capacity) {
      this.e = new Exponentials(capacity);
      this.gate = new float[capacity];
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      SigmoidCurves.logistic(e, s, z, n);
      for (int i = 0; i < n; i++) {
        z[i] *= s[i];
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      float[] g = gate;
      SigmoidCurves.logistic(e, s, g, n);
      float[] scale = e.scale;
      float[] rest = e.rest;
      for (int i = 0; i < n; i++) {
        // 1 - logistic(s) = e^-s logistic(s), without the loss of digits.
        float other = (scale[i] + scale[i] * rest[i]) * g[i];
        d[i] *= g[i] + g[i] * s[i] * other;
      }
    }
  }

  /** {@code factor s} above 0, {@code factor alpha (e^s - 1)} below: ELU and SELU. */
  static final class Elu implements Curve {

    private final Exponentials e;
    private final float factor;
    private final float alpha;

    Elu(int capacity, double factor, double alpha) {
      this.e = new Exponentials(capacity);
      this.factor = (float) factor;
      this.alpha = (float) (factor * alpha);
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      belowZero(s, n);
      float[] scale = e.scale;
      float[] rest = e.rest;
      for (int i = 0; i < n; i++) {
        float less = scale[i] * rest[i] + (scale[i] - 1f);
        z[i] = factor * Math.max(0f, s[i]) + alpha * less;
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      belowZero(s, n);
      float[] scale = e.scale;
      float[] rest = e.rest;
      for (int i = 0; i < n; i++) {
        float above = Steps.step(s[i]);
        float power = scale[i] + scale[i] * rest[i];
        d[i] *= above * factor + (1f - above) * alpha * power;
      }
    }

    private void belowZero(float[] s, int n) {
      float[] x = e.x;
      for (int i = 0; i < n; i++) {
        x[i] = Math.min(0f, s[i]);
      }
      e.split(n);
    }
  }

  /** {@code s tanh(log(1 + e^s)) = s w / (w + 2)} with {@code w = e^s (e^s + 2)}. */
  static final class Mish implements Curve {

    /** Beyond, w / (w + 2) is 1 in single precision. */
    private static final float FLAT = 20f;

    private final Exponentials e;

    Mish(int capacity) {
      this.e = new Exponentials(capacity);
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      float[] power = power(s, n);
      for (int i = 0; i < n; i++) {
        float w = power[i] * (power[i] + 2f);
        z[i] = s[i] * (w / (w + 2f));
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      float[] power = power(s, n);
      float[] gate = e.scale;
      for (int i = 0; i < n; i++) {
        gate[i] = power[i] / (1f + power[i]);
      }
      for (int i = 0; i < n; i++) {
        float w = power[i] * (power[i] + 2f);
        float t = w / (w + 2f);
        float bend = 4f * (w + 1f) / ((w + 2f) * (w + 2f));
        d[i] *= t + Math.min(FLAT, s[i]) * bend * gate[i];
      }
    }

    private float[] power(float[] s, int n) {
      float[] x = e.x;
      for (int i = 0; i < n; i++) {
        x[i] = Math.min(FLAT, s[i]);
      }
      e.split(n);
      float[] scale = e.scale;
      float[] rest = e.rest;
      for (int i = 0; i < n; i++) {
        rest[i] = scale[i] + scale[i] * rest[i];
      }
      return rest;
    }
  }

  /** {@code max(s, 0) + log(1 + e^-|s|)}, the logarithm by a minimax polynomial (5e-9). */
  static final class Softplus implements Curve {

    private final Exponentials e;

    Softplus(int capacity) {
      this.e = new Exponentials(capacity);
    }

    @Override
    public void values(float[] s, float[] z, int n) {
      float[] x = e.x;
      for (int i = 0; i < n; i++) {
        x[i] = -Math.abs(s[i]);
      }
      e.split(n);
      float[] scale = e.scale;
      float[] power = e.rest;
      for (int i = 0; i < n; i++) {
        power[i] = scale[i] + scale[i] * power[i];
      }
      for (int i = 0; i < n; i++) {
        x[i] = (-3.318473553e-3f * power[i] + 2.020458957e-2f) * power[i] - 5.766445325e-2f;
      }
      for (int i = 0; i < n; i++) {
        x[i] = (x[i] * power[i] + 1.068055648e-1f) * power[i] - 1.535539692e-1f;
      }
      for (int i = 0; i < n; i++) {
        x[i] = (x[i] * power[i] + 1.969540079e-1f) * power[i] - 2.495858748e-1f;
      }
      for (int i = 0; i < n; i++) {
        x[i] = (x[i] * power[i] + 3.333051133e-1f) * power[i] - 4.999993276e-1f;
      }
      for (int i = 0; i < n; i++) {
        z[i] = Math.max(0f, s[i]) + (power[i] + power[i] * power[i] * x[i]);
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      float[] x = e.x;
      for (int i = 0; i < n; i++) {
        x[i] = -s[i];
      }
      e.split(n);
      float[] scale = e.scale;
      float[] rest = e.rest;
      for (int i = 0; i < n; i++) {
        d[i] = d[i] / (1f + (scale[i] + scale[i] * rest[i]));
      }
    }
  }
}
