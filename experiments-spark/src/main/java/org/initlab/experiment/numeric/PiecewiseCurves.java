package org.initlab.experiment.numeric;

/** Activations of lines: exact but for the one rounding of a slope's product. */
final class PiecewiseCurves {

  private PiecewiseCurves() {}

  static final class Identity implements Curve {
    @Override
    public void values(float[] s, float[] z, int n) {
      System.arraycopy(s, 0, z, 0, n);
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {}
  }

  static final class Relu implements Curve {
    @Override
    public void values(float[] s, float[] z, int n) {
      for (int i = 0; i < n; i++) {
        z[i] = Math.max(0f, s[i]);
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      for (int i = 0; i < n; i++) {
        d[i] *= Steps.step(s[i]);
      }
    }
  }

  static final class LeakyRelu implements Curve {
    private static final float SLOPE = 0.01f;

    @Override
    public void values(float[] s, float[] z, int n) {
      for (int i = 0; i < n; i++) {
        z[i] = Math.max(SLOPE * s[i], s[i]);
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      for (int i = 0; i < n; i++) {
        d[i] *= Math.max(SLOPE, Steps.step(s[i]));
      }
    }
  }

  static final class HardTanh implements Curve {
    @Override
    public void values(float[] s, float[] z, int n) {
      for (int i = 0; i < n; i++) {
        z[i] = Math.max(-1f, Math.min(1f, s[i]));
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      for (int i = 0; i < n; i++) {
        d[i] *= Steps.step(1f - Math.abs(s[i]));
      }
    }
  }

  static final class Softsign implements Curve {
    @Override
    public void values(float[] s, float[] z, int n) {
      for (int i = 0; i < n; i++) {
        z[i] = s[i] / (1f + Math.abs(s[i]));
      }
    }

    @Override
    public void backward(float[] s, float[] z, float[] d, int n) {
      for (int i = 0; i < n; i++) {
        float q = 1f + Math.abs(s[i]);
        d[i] = d[i] / (q * q);
      }
    }
  }
}
