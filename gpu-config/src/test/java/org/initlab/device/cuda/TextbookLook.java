package org.initlab.device.cuda;

import java.util.Arrays;
import org.initlab.device.cuda.CudaProbe.Signal;

/** What a look should find of a tanh network, in double precision, an example at a time. */
final class TextbookLook {

  private final TrainingPlan plan;
  private final NetworkShape shape;
  private final float[] w;
  private final int examples;
  private final double[][] s;
  private final double[][] z;
  private final double[][] d;
  private final int[] labels;
  private double loss;
  private int wrong;

  TextbookLook(TrainingPlan plan, float[] w, float[] x, int[] labels) {
    this.plan = plan;
    this.shape = plan.shape();
    this.w = w;
    this.labels = labels;
    this.examples = labels.length;
    int layers = shape.layers();
    this.s = new double[layers + 1][];
    this.z = new double[layers + 1][];
    this.d = new double[layers + 1][];
    z[0] = new double[x.length];
    Arrays.setAll(z[0], i -> x[i]);
    for (int l = 1; l <= layers; l++) {
      forward(l);
    }
    for (int e = 0; e < examples; e++) {
      output(e);
    }
    for (int l = layers; l > 1; l--) {
      backward(l);
    }
  }

  private double kernel(int layer, int i, int unit) {
    return w[plan.kernelAt(layer) + i * shape.out(layer) + unit];
  }

  private void forward(int layer) {
    int in = shape.in(layer);
    int out = shape.out(layer);
    s[layer] = new double[examples * out];
    for (int at = 0; at < s[layer].length; at++) {
      s[layer][at] = w[plan.kernelAt(layer) + in * out + at % out];
      for (int i = 0; i < in; i++) {
        s[layer][at] += z[layer - 1][at / out * in + i] * kernel(layer, i, at % out);
      }
    }
    z[layer] = Arrays.stream(s[layer]).map(Math::tanh).toArray();
    d[layer] = new double[s[layer].length];
  }

  private void output(int example) {
    int last = shape.layers();
    int classes = shape.out(last);
    double[] p = Arrays.copyOfRange(s[last], example * classes, (example + 1) * classes);
    int label = labels[example];
    int best = 0;
    for (int k = 1; k < classes; k++) {
      best = p[k] > p[best] ? k : best;
    }
    wrong += best == label ? 0 : 1;
    double sum = Arrays.stream(p).map(Math::exp).sum();
    double mean = 0;
    for (int k = 0; k < classes; k++) {
      p[k] = Math.exp(p[k]) / sum;
      mean += p[k] * (p[k] - (k == label ? 1 : 0));
    }
    boolean squares = shape.loss().equals("squared_error");
    loss -= squares ? 0 : Math.log(p[label]);
    for (int k = 0; k < classes; k++) {
      double g = p[k] - (k == label ? 1 : 0);
      loss += squares ? g * g / 2 : 0;
      d[last][example * classes + k] = squares ? p[k] * (g - mean) : g;
    }
  }

  private void backward(int layer) {
    int in = shape.in(layer);
    int out = shape.out(layer);
    for (int at = 0; at < d[layer - 1].length; at++) {
      for (int unit = 0; unit < out; unit++) {
        d[layer - 1][at] += kernel(layer, at % in, unit) * d[layer][at / in * out + unit];
      }
      d[layer - 1][at] *= 1 - z[layer - 1][at] * z[layer - 1][at];
    }
  }

  double loss() {
    return loss / examples;
  }

  double error() {
    return (double) wrong / examples;
  }

  /** All numbers of a signal, an example after another. */
  double[] numbers(Signal signal, int layer) {
    return switch (signal) {
      case PRE_ACTIVATIONS -> s[layer];
      case ACTIVATIONS -> z[layer];
      case PRE_ACTIVATION_GRADIENTS -> d[layer];
      case WEIGHT_GRADIENTS -> weightGradients(layer);
    };
  }

  private double[] weightGradients(int layer) {
    int in = shape.in(layer);
    int out = shape.out(layer);
    double[] gradients = new double[in * out];
    for (int at = 0; at < gradients.length; at++) {
      for (int e = 0; e < examples; e++) {
        gradients[at] += z[layer - 1][e * in + at / out] * d[layer][e * out + at % out] / examples;
      }
    }
    return gradients;
  }
}
