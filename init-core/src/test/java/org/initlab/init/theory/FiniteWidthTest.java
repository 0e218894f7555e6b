package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.initlab.init.Activation;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiniteWidthTest {

  private static final Variances HE = new Variances(2, 0);

  @Test
  void reluAddsFiveByTheWidth() {
    GaussianIntegral relu = GaussianIntegral.of(Activation.RELU);
    assertThat(FiniteWidth.logVariance(relu, HE, 1, Collections.nCopies(50, 100)))
        .isCloseTo(2.5, within(1e-12));
    assertThat(FiniteWidth.logVariance(relu, HE, 1, List.of(10, 20, 50)))
        .isCloseTo(5 * 0.17, within(1e-12));
    GaussianIntegral linear = GaussianIntegral.of(Activation.IDENTITY);
    assertThat(FiniteWidth.logVariance(linear, new Variances(1, 0), 1, List.of(40)))
        .isCloseTo(2.0 / 40, within(1e-12));
  }

  @Test
  void exactSecondMoments() {
    assertThat(FiniteWidth.secondMomentOfRelu(Collections.nCopies(50, 50)))
        .isCloseTo(117, within(0.5));
    assertThat(FiniteWidth.secondMomentOfRelu(Collections.nCopies(20, 20)))
        .isCloseTo(86.7, within(0.05));
  }

  /**
   * The variance of ln q over 800 networks. Five standard errors of a variance, sqrt(2 / 799) of
   * it, are 25 %: 6e-7 false alarms for logarithms that are normal, which they nearly are; terms
   * beyond the leading one add up to 10 % at this depth and width.
   */
  @ParameterizedTest
  @CsvSource({"RELU, 2, 0, 10", "LEAKY_RELU, 1.9, 0, 10", "TANH, 2, 0.1, 6", "SOFTPLUS, 0.5, 0, 4"})
  void randomNetworksSpreadAsPredicted(Activation f, double weight, double bias, int depth) {
    int width = 80;
    int networks = 800;
    Variances variances = new Variances(weight, bias);
    double theory =
        FiniteWidth.logVariance(
            GaussianIntegral.of(f), variances, 1, Collections.nCopies(depth, width));
    double[] logs = new double[networks];
    for (int i = 0; i < networks; i++) {
      logs[i] = Math.log(length(f, variances, width, depth, Key.of(44).at(f.title()).at("n", i)));
    }
    double variance = Math.pow(Sample.of(logs).error(), 2) * networks;
    assertThat(variance / theory).isCloseTo(1, within(5 * Math.sqrt(2.0 / (networks - 1))));
  }

  /** sigma_w^2 of the mean square of the last hidden layer's activations, plus sigma_b^2. */
  private static double length(Activation f, Variances variances, int width, int depth, Key key) {
    float[] h = WideNetwork.normal(key.at("first"), 1, width);
    double q = 0;
    for (int l = 1; l <= depth; l++) {
      float[] a = new float[width];
      for (int i = 0; i < width; i++) {
        a[i] = (float) f.of(h[i]);
      }
      q = variances.weight() * WideNetwork.product(a, a) + variances.bias();
      // Given a layer, the next one's pre-activations are independent normals of variance q.
      h = WideNetwork.normal(key.at("layer", l), Math.sqrt(q), width);
    }
    return q;
  }
}
