package org.initlab.experiment.numeric;

/** The optimizers' rules for arrays of parameters. */
public final class Descents {

  private Descents() {}

  /** {@code w -= rate g}. */
  public static Descent sgd() {
    return (w, g, from, to, rate, update) -> {
      for (int i = from; i < to; i++) {
        w[i] -= rate * g[i];
      }
    };
  }

  /** {@code v = momentum v - rate g; w += v} (Polyak 1964). */
  public static Descent momentum(int size, float momentum) {
    float[] v = new float[size];
    return (w, g, from, to, rate, update) -> {
      for (int i = from; i < to; i++) {
        v[i] = momentum * v[i] - rate * g[i];
      }
      for (int i = from; i < to; i++) {
        w[i] += v[i];
      }
    };
  }

  /**
   * {@code u = momentum v - rate g; w += (1 + momentum) u - momentum v; v = u}: Nesterov's gradient
   * with w standing for the point that looks ahead (Sutskever et al. 2013, as Bengio et al. 2013,
   * equation 7, rewrite it).
   */
  public static Descent nesterov(int size, float momentum) {
    float[] v = new float[size];
    return (w, g, from, to, rate, update) -> {
      for (int i = from; i < to; i++) {
        w[i] -= momentum * v[i];
        v[i] = momentum * v[i] - rate * g[i];
      }
      for (int i = from; i < to; i++) {
        w[i] += (1 + momentum) * v[i];
      }
    };
  }

  /**
   * {@code v = decay v + (1 - decay) g^2; w -= rate g / (sqrt(v) + epsilon)}, v starting at
   * epsilon.
   */
  public static Descent rmsProp(int size, float decay, float epsilon) {
    float[] v = new float[size];
    java.util.Arrays.fill(v, epsilon);
    return (w, g, from, to, rate, update) -> {
      for (int i = from; i < to; i++) {
        v[i] = decay * v[i] + (1 - decay) * g[i] * g[i];
      }
      for (int i = from; i < to; i++) {
        w[i] -= rate * g[i] / ((float) Math.sqrt(v[i]) + epsilon);
      }
    };
  }

  /**
   * {@code m = a m + (1 - a) g; v = b v + (1 - b) g^2; w -= rate c m / (sqrt(v) + epsilon)} with
   * {@code c = sqrt(1 - b^t) / (1 - a^t)}: Kingma and Ba 2015, the form at the end of section 2.
   */
  public static Descent adam(int size, double a, double b, float epsilon) {
    float[] m = new float[size];
    float[] v = new float[size];
    float keepM = (float) a;
    float keepV = (float) b;
    float takeM = (float) (1 - a);
    float takeV = (float) (1 - b);
    return (w, g, from, to, rate, update) -> {
      float step =
          (float)
              (rate * Math.sqrt(1 - StrictMath.pow(b, update)) / (1 - StrictMath.pow(a, update)));
      for (int i = from; i < to; i++) {
        m[i] = keepM * m[i] + takeM * g[i];
        v[i] = keepV * v[i] + takeV * g[i] * g[i];
      }
      for (int i = from; i < to; i++) {
        w[i] -= step * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
      }
    };
  }
}
