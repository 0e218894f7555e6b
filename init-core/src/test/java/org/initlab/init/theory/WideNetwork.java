package org.initlab.init.theory;

import org.initlab.init.Activation;
import org.initlab.init.Law;
import org.initlab.init.random.Key;

/**
 * A random multi-layer perceptron of one width, drawn layer by layer and forgotten: two inputs go
 * through it, and a small change of the first of them.
 */
final class WideNetwork {

  private final Activation activation;
  private final Variances variances;
  private final int width;
  private final Key key;

  /** Pre-activations of the two inputs, and the change of the first. */
  private float[] x;

  private float[] y;
  private float[] change;

  WideNetwork(Activation activation, Variances variances, int width, Key key) {
    this.activation = activation;
    this.variances = variances;
    this.width = width;
    this.key = key;
  }

  /** What is seen at a layer: mean squares, mean product, mean square of the change. */
  record Seen(double x, double y, double product, double change) {}

  /**
   * Two normal pre-activations of mean squares q and r and correlation c exactly, and a change of
   * mean square 1, sent through {@code depth} layers.
   */
  Seen run(double q, double r, double c, int depth) {
    start(q, r, c);
    for (int l = 1; l <= depth; l++) {
      layer(key.at("layer", l));
    }
    return new Seen(product(x, x), product(y, y), product(x, y), product(change, change));
  }

  private void start(double q, double r, double c) {
    x = normal(key.at("x"), 1, width);
    y = normal(key.at("y"), 1, width);
    change = normal(key.at("change"), 1, width);
    scale(x, 1);
    double overlap = product(x, y);
    for (int i = 0; i < width; i++) {
      y[i] -= (float) (overlap * x[i]);
    }
    scale(y, 1);
    for (int i = 0; i < width; i++) {
      y[i] = (float) (Math.sqrt(r) * (c * x[i] + Math.sqrt(1 - c * c) * y[i]));
    }
    scale(x, q);
    scale(change, 1);
  }

  private void layer(Key layer) {
    float[] weights =
        normal(layer.at("weights"), Math.sqrt(variances.weight() / width), width * width);
    float[] biases = normal(layer.at("biases"), Math.sqrt(variances.bias()), width);
    float[] f = new float[width];
    float[] g = new float[width];
    float[] d = new float[width];
    for (int i = 0; i < width; i++) {
      f[i] = (float) activation.of(x[i]);
      g[i] = (float) activation.of(y[i]);
      d[i] = (float) activation.slope(x[i]) * change[i];
    }
    float[] nextX = new float[width];
    float[] nextY = new float[width];
    float[] nextChange = new float[width];
    for (int i = 0; i < width; i++) {
      double sumX = biases[i];
      double sumY = biases[i];
      double sumChange = 0;
      for (int j = 0; j < width; j++) {
        float w = weights[i * width + j];
        sumX += w * f[j];
        sumY += w * g[j];
        sumChange += w * d[j];
      }
      nextX[i] = (float) sumX;
      nextY[i] = (float) sumY;
      nextChange[i] = (float) sumChange;
    }
    x = nextX;
    y = nextY;
    change = nextChange;
  }

  static float[] normal(Key key, double deviation, int n) {
    float[] values = new float[n];
    new Law.Normal().fill(key, deviation, values);
    return values;
  }

  static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum / a.length;
  }

  private static void scale(float[] a, double meanSquare) {
    double factor = Math.sqrt(meanSquare / product(a, a));
    for (int i = 0; i < a.length; i++) {
      a[i] *= (float) factor;
    }
  }
}
