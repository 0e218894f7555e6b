package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Activation;
import org.initlab.init.random.Key;
import org.initlab.init.theory.MlpKernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MlpKernelTest {

  private static final double[][] PRODUCTS = {{1, 0.3, -0.9}, {0.3, 0.5, 0.1}, {-0.9, 0.1, 1.4}};

  /** A linear network: K_l = w^l G for weights alone, and T_l = (l + 1) K_l. */
  @Test
  void linearNetworks() {
    Kernels kernels =
        new MlpKernel(GaussianIntegral.of(Activation.IDENTITY), new Variances(1.5, 0), 3)
            .of(PRODUCTS);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double k = Math.pow(1.5, 4) * PRODUCTS[i][j];
        assertThat(kernels.nngp()[i][j]).isCloseTo(k, within(1e-12));
        assertThat(kernels.ntk()[i][j]).isCloseTo(4 * k, within(1e-12));
      }
    }
  }

  /** One hidden layer of ReLU by hand: arc-cosine kernels of degree 1 and 0 (Cho and Saul 2009). */
  @Test
  void oneHiddenLayerOfRelu() {
    Kernels kernels =
        new MlpKernel(GaussianIntegral.of(Activation.RELU), new Variances(2, 0), 1)
            .of(new double[][] {{1, 0.5}, {0.5, 1}});
    double angle = Math.PI / 3;
    double kernel = 2 * (Math.sin(angle) + (Math.PI - angle) * 0.5) / Math.PI;
    assertThat(kernels.nngp()[0][0]).isCloseTo(2, within(1e-12));
    assertThat(kernels.nngp()[0][1]).isCloseTo(kernel, within(1e-12));
    double slope = (Math.PI - angle) / Math.PI;
    assertThat(kernels.ntk()[0][1]).isCloseTo(kernel + 1 * slope, within(1e-12));
    assertThat(kernels.ntk()[1][0]).isEqualTo(kernels.ntk()[0][1]);
  }

  @Test
  void anInputWithoutDirectionIsRefused() {
    MlpKernel kernel = new MlpKernel(GaussianIntegral.of(Activation.TANH), new Variances(1, 0), 1);
    assertThatThrownBy(() -> kernel.of(new double[][] {{1, 0}, {0, 0}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0.0");
    assertThatThrownBy(() -> new MlpKernel(kernel.integral(), kernel.variances(), -1))
        .hasMessageContaining("not -1");
  }

  /**
   * Two hidden layers of width 128, 64 networks: the covariance that the last hidden layer gives
   * outputs, and the inner product of all gradients by back-propagation, within five standard
   * errors (63 degrees of freedom, 5e-6 false alarms each).
   */
  @ParameterizedTest
  @EnumSource
  void randomNetworksHaveTheseKernels(Activation f) {
    Variances variances = new Variances(1.7, 0.2);
    double[] nngp = new double[64];
    double[] ntk = new double[64];
    for (int i = 0; i < nngp.length; i++) {
      double[] seen = run(f, variances, Key.of(46).at(f.title()).at("network", i));
      nngp[i] = seen[0];
      ntk[i] = seen[1];
    }
    double[][] products = {{1, 0.3}, {0.3, 0.5}};
    GaussianIntegral integral = GaussianIntegral.of(f);
    Kernels theory = new MlpKernel(integral, variances, 2).of(products);
    Sample.of(nngp).agreesWith("NNGP", theory.nngp()[0][1], 5);
    Sample.of(ntk).agreesWith("NTK", theory.ntk()[0][1], 5);
    Kernels broken = new MlpKernel(integral, new Variances(Math.sqrt(1.7), 0.2), 2).of(products);
    assertThat(Sample.of(ntk).distance(broken.ntk()[0][1])).isGreaterThan(5);
  }

  /** In the parametrization h = sigma_w W a / sqrt(n) + sigma_b b with standard normal W and b. */
  private static double[] run(Activation f, Variances variances, Key key) {
    int n = 128;
    float[][] w = new float[3][];
    float[][] b = new float[3][];
    for (int l = 0; l < 3; l++) {
      w[l] = WideNetwork.normal(key.at("w", l), Math.sqrt(variances.weight() / n), n * n);
      b[l] = WideNetwork.normal(key.at("b", l), Math.sqrt(variances.bias()), n);
    }
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      // Mean squares 1 and 1/2, mean product 0.3, exactly.
      double even = i % 2 == 0 ? 1 : -1;
      x[i] = 1;
      y[i] = 0.3 + Math.sqrt(0.41) * even;
    }
    double[][][] hidden = {forward(f, w, b, x), forward(f, w, b, y)};
    double[][] atX = backward(f, w, hidden[0]);
    double[][] atY = backward(f, w, hidden[1]);
    double sum = 0;
    double last = 0;
    double[] inX = x;
    double[] inY = y;
    for (int l = 0; l < 3; l++) {
      last = variances.weight() * mean(inX, inY) + variances.bias();
      sum += last * (l == 2 ? 1 : n * mean(atX[l], atY[l]));
      if (l < 2) {
        inX = outputs(f, hidden[0][l]);
        inY = outputs(f, hidden[1][l]);
      }
    }
    return new double[] {last, sum};
  }

  private static double[][] forward(Activation f, float[][] w, float[][] b, double[] input) {
    double[][] h = new double[2][];
    double[] a = input;
    for (int l = 0; l < 2; l++) {
      int n = a.length;
      h[l] = new double[n];
      for (int i = 0; i < n; i++) {
        h[l][i] = b[l][i];
        for (int j = 0; j < n; j++) {
          h[l][i] += w[l][i * n + j] * a[j];
        }
      }
      a = outputs(f, h[l]);
    }
    return h;
  }

  /** Gradients of the first output by the pre-activations of each hidden layer. */
  private static double[][] backward(Activation f, float[][] w, double[][] h) {
    int n = h[0].length;
    double[][] g = new double[2][n];
    for (int i = 0; i < n; i++) {
      g[1][i] = w[2][i] * f.slope(h[1][i]);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        g[0][j] += w[1][i * n + j] * g[1][i];
      }
    }
    for (int j = 0; j < n; j++) {
      g[0][j] *= f.slope(h[0][j]);
    }
    return g;
  }

  private static double[] outputs(Activation f, double[] h) {
    double[] a = new double[h.length];
    for (int i = 0; i < h.length; i++) {
      a[i] = f.of(h[i]);
    }
    return a;
  }

  private static double mean(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / a.length;
  }
}
