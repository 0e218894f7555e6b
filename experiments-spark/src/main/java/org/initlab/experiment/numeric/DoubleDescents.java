package org.initlab.experiment.numeric;

import java.util.Arrays;

/** The rules of {@link Descents}, each by the same formula in double precision. */
public final class DoubleDescents {

  private DoubleDescents() {}

  /** {@code w -= rate g}. */
  public static DoubleDescent sgd() {
    return (w, g, rate, update) -> {
      for (int i = 0; i < w.length; i++) {
        w[i] -= rate * g[i];
      }
    };
  }

  /** {@code v = momentum v - rate g; w += v}. */
  public static DoubleDescent momentum(int size, double momentum) {
    double[] v = new double[size];
    return (w, g, rate, update) -> {
      for (int i = 0; i < w.length; i++) {
        v[i] = momentum * v[i] - rate * g[i];
        w[i] += v[i];
      }
    };
  }

  /** {@code u = momentum v - rate g; w += (1 + momentum) u - momentum v; v = u}. */
  public static DoubleDescent nesterov(int size, double momentum) {
    double[] v = new double[size];
    return (w, g, rate, update) -> {
      for (int i = 0; i < w.length; i++) {
        double u = momentum * v[i] - rate * g[i];
        w[i] += (1 + momentum) * u - momentum * v[i];
        v[i] = u;
      }
    };
  }

  /**
   * {@code v = decay v + (1 - decay) g^2; w -= rate g / (sqrt(v) + epsilon)}, v starting at
   * epsilon.
   */
  public static DoubleDescent rmsProp(int size, double decay, double epsilon) {
    double[] v = new double[size];
    Arrays.fill(v, epsilon);
    return (w, g, rate, update) -> {
      for (int i = 0; i < w.length; i++) {
        v[i] = decay * v[i] + (1 - decay) * g[i] * g[i];
        w[i] -= rate * g[i] / (Math.sqrt(v[i]) + epsilon);
      }
    };
  }

  /**
   * {@code m = a m + (1 - a) g; v = b v + (1 - b) g^2; w -= rate c m / (sqrt(v) + epsilon)} with
   * {@code c = sqrt(1 - b^t) / (1 - a^t)}.
   */
  public static DoubleDescent adam(int size, double a, double b, double epsilon) {
    double[] m = new double[size];
    double[] v = new double[size];
    return (w, g, rate, update) -> {
      double step =
          rate * Math.sqrt(1 - StrictMath.pow(b, update)) / (1 - StrictMath.pow(a, update));
      for (int i = 0; i < w.length; i++) {
        m[i] = a * m[i] + (1 - a) * g[i];
        v[i] = b * v[i] + (1 - b) * g[i] * g[i];
        w[i] -= step * m[i] / (Math.sqrt(v[i]) + epsilon);
      }
    };
  }
}
