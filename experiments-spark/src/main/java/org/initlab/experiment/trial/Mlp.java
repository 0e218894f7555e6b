package org.initlab.experiment.trial;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.initlab.init.Activation;

/**
 * A dense network in plain arrays, to look at rather than to train. Layers are numbered from 1;
 * matrices are row-major with an example a row. Products are OpenBLAS's in single precision, so
 * with one thread of it the same call gives the same bits.
 */
record Mlp(Parameters parameters, Activation activation, Loss loss) {

  int layers() {
    return parameters.kernels().size();
  }

  float[] kernel(int layer) {
    return parameters.kernels().get(layer - 1);
  }

  int units(int layer) {
    return layer == 0 ? kernel(1).length / units(1) : parameters.biases().get(layer - 1).length;
  }

  /** {@code s = x W + b}. */
  float[] preActivations(int layer, float[] x, int examples) {
    int out = units(layer);
    float[] s = new float[examples * out];
    for (int i = 0; i < examples; i++) {
      System.arraycopy(parameters.biases().get(layer - 1), 0, s, i * out, out);
    }
    product(false, false, new int[] {examples, out, units(layer - 1)}, x, kernel(layer), s);
    return s;
  }

  /** {@code f(s)}. */
  float[] activations(float[] s) {
    float[] z = new float[s.length];
    for (int i = 0; i < s.length; i++) {
      z[i] = (float) activation.of(s[i]);
    }
    return z;
  }

  /** The output layer's pre-activations for these examples. */
  float[] logits(Examples examples) {
    float[] x = examples.x();
    for (int layer = 1; layer < layers(); layer++) {
      x = activations(preActivations(layer, x, examples.count()));
    }
    return preActivations(layers(), x, examples.count());
  }

  /** dC/ds of the output layer, C being the loss of each example. */
  float[] outputGradients(float[] logits, int[] labels) {
    float[] slope = new float[logits.length];
    int classes = units(layers());
    for (int i = 0; i < labels.length; i++) {
      loss.slope(logits, i * classes, classes, labels[i], slope);
    }
    return slope;
  }

  /** dC/ds of a hidden layer from that of the layer above: {@code (d W^T) * f'(s)}. */
  float[] hiddenGradients(int layer, float[] above, float[] s) {
    float[] d = new float[s.length];
    int[] sizes = {s.length / units(layer), units(layer), units(layer + 1)};
    product(false, true, sizes, above, kernel(layer + 1), d);
    for (int i = 0; i < d.length; i++) {
      d[i] = (float) (d[i] * activation.slope(s[i]));
    }
    return d;
  }

  /** Gradient of the mean loss for a kernel: {@code x^T d / examples}. */
  float[] weightGradients(int layer, float[] x, float[] d, int examples) {
    float[] g = new float[kernel(layer).length];
    product(true, false, new int[] {units(layer - 1), units(layer), examples}, x, d, g);
    for (int i = 0; i < g.length; i++) {
      g[i] /= examples;
    }
    return g;
  }

  /** c += a b, each of a and b transposed or not; sizes are rows of c, columns of c, inner. */
  private static void product(
      boolean turnA, boolean turnB, int[] sizes, float[] a, float[] b, float[] c) {
    int m = sizes[0];
    int n = sizes[1];
    int k = sizes[2];
    openblas_nolapack.cblas_sgemm(
        openblas_nolapack.CblasRowMajor,
        turnA ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
        turnB ? openblas_nolapack.CblasTrans : openblas_nolapack.CblasNoTrans,
        m,
        n,
        k,
        1,
        a,
        turnA ? m : k,
        b,
        turnB ? k : n,
        1,
        c,
        n);
  }
}
