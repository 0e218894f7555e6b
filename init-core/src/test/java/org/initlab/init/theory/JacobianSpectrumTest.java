package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Activation;
import org.initlab.init.Site;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.random.Key;
import org.initlab.init.theory.JacobianSpectrum.Ensemble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JacobianSpectrumTest {

  private static final int NETWORKS = 40;

  /** Linear networks: Gaussian weights spread by L, orthogonal ones not at all. */
  @Test
  void linearNetworks() {
    GaussianIntegral linear = GaussianIntegral.of(Activation.IDENTITY);
    Variances one = new Variances(1, 0);
    assertThat(JacobianSpectrum.of(linear, one, 1, 16, Ensemble.GAUSSIAN))
        .isEqualTo(new JacobianSpectrum(1, 16));
    assertThat(JacobianSpectrum.of(linear, one, 1, 16, Ensemble.ORTHOGONAL))
        .isEqualTo(new JacobianSpectrum(1, 0));
    assertThat(JacobianSpectrum.largestOfLinear(16)).isCloseTo(44.8, within(0.05));
    assertThat(JacobianSpectrum.largestOfLinear(64)).isCloseTo(175, within(0.5));
  }

  /** Measured by others on one draw of width 300, depth 16: 13.8, 0.28, 0.029. */
  @Test
  void tanhOnItsEdge() {
    assertThat(onTheEdge(1.0 / 16, Ensemble.GAUSSIAN)).isBetween(13.8, 18.0);
    assertThat(onTheEdge(1.0 / 16, Ensemble.ORTHOGONAL)).isCloseTo(0.28, within(0.05));
    assertThat(onTheEdge(1.0 / 64, Ensemble.ORTHOGONAL)).isCloseTo(0.029, within(0.005));
  }

  private static double onTheEdge(double q, Ensemble ensemble) {
    GaussianIntegral tanh = GaussianIntegral.of(Activation.TANH);
    Variances critical = new Variances(1 / tanh.slopeSquare(q), 0);
    return JacobianSpectrum.of(tanh, critical, q, 16, ensemble).variance();
  }

  /**
   * The first two moments of the squared singular values of three random layers, from 40 networks
   * of width 64 and 40 of width 128. Their error is of order 1 / width; twice the wider less the
   * narrower is free of it. Six standard errors, with 39 degrees of freedom: 5e-7 false alarms.
   */
  @ParameterizedTest
  @CsvSource({
    "TANH, GAUSSIAN, 1.3, 0.5",
    "RELU, GAUSSIAN, 2, 1",
    "ERF, ORTHOGONAL, 0.9, 0.4",
    "HARD_TANH, ORTHOGONAL, 1.4, 0.7"
  })
  void randomLayersHaveTheseMoments(
      Activation activation, Ensemble ensemble, double weight, double q) {
    // Biases that keep the length q, or as near to it as a variance of at least 0 can.
    GaussianIntegral f = GaussianIntegral.of(activation);
    Variances variances = new Variances(weight, Math.max(0, q - weight * f.square(q)));
    assertThat(new LengthMap(f, variances).of(q)).isCloseTo(q, within(1e-12));
    JacobianSpectrum theory = JacobianSpectrum.of(f, variances, q, 3, ensemble);
    double[] means = new double[NETWORKS];
    double[] seconds = new double[NETWORKS];
    for (int i = 0; i < NETWORKS; i++) {
      Key key = Key.of(43).at(activation.title()).at("network", i);
      double[] narrow = moments(activation, ensemble, variances, q, 64, key.at("narrow"));
      double[] wide = moments(activation, ensemble, variances, q, 128, key.at("wide"));
      means[i] = 2 * wide[0] - narrow[0];
      seconds[i] = 2 * wide[1] - narrow[1];
    }
    Sample.of(means).agreesWith("mean", theory.mean(), 6);
    double second = theory.variance() + theory.mean() * theory.mean();
    Sample.of(seconds).agreesWith("second moment", second, 6);
    Variances broken = new Variances(Math.sqrt(weight), variances.bias());
    assertThat(Sample.of(means).distance(JacobianSpectrum.of(f, broken, q, 3, ensemble).mean()))
        .as("a deviation taken for a variance")
        .isGreaterThan(6);
  }

  /** tr(J J^T) / n and tr((J J^T)^2) / n of one network whose pre-activations have length q. */
  private static double[] moments(
      Activation f, Ensemble ensemble, Variances variances, double q, int n, Key key) {
    float[] h = WideNetwork.normal(key.at("input"), 1, n);
    double size = Math.sqrt(q / WideNetwork.product(h, h));
    for (int i = 0; i < n; i++) {
      h[i] *= (float) size;
    }
    double[][] jacobian = null;
    for (int l = 0; l < 3; l++) {
      float[] w = weights(ensemble, variances.weight(), n, key.at("layer", l));
      float[] bias = WideNetwork.normal(key.at("bias", l), Math.sqrt(variances.bias()), n);
      double[][] step = new double[n][n];
      float[] next = new float[n];
      for (int i = 0; i < n; i++) {
        double sum = bias[i];
        for (int j = 0; j < n; j++) {
          sum += w[i * n + j] * f.of(h[j]);
          step[i][j] = w[i * n + j] * f.slope(h[j]);
        }
        next[i] = (float) sum;
      }
      jacobian = jacobian == null ? step : times(step, jacobian);
      h = next;
    }
    double first = 0;
    double second = 0;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        double product = 0;
        for (int j = 0; j < n; j++) {
          product += jacobian[i][j] * jacobian[k][j];
        }
        first += i == k ? product : 0;
        second += (i == k ? 1 : 2) * product * product;
      }
    }
    return new double[] {first / n, second / n};
  }

  private static float[] weights(Ensemble ensemble, double variance, int n, Key key) {
    return ensemble == Ensemble.GAUSSIAN
        ? WideNetwork.normal(key, Math.sqrt(variance / n), n * n)
        : new Orthogonal(Math.sqrt(variance)).draw(Site.dense(n, n), key).values();
  }

  private static double[][] times(double[][] a, double[][] b) {
    int n = a.length;
    double[][] product = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double left = a[i][j];
        for (int k = 0; k < n; k++) {
          product[i][k] += left * b[j][k];
        }
      }
    }
    return product;
  }
}
