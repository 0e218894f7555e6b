package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Activation;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ResidualMapTest {

  private static final Variances UNIT = new Variances(1, 0);

  /** p like l, and the logarithm of gradients like 8/3 sqrt(l / 2 pi). */
  @Test
  void tanhGrowsLikeAPower() {
    ResidualMap map = new ResidualMap(GaussianIntegral.of(Activation.TANH), UNIT, 1);
    double[] p = map.lengths(1, 100_000);
    assertThat(p[100_000] / 100_000).isCloseTo(1, within(0.01));
    double[] logs = map.logGradients(1, 100_000);
    double law = 8.0 / 3 * Math.sqrt(1 / (2 * Math.PI));
    double slope = (logs[100_000] - logs[10_000]) / (Math.sqrt(100_000) - Math.sqrt(10_000));
    assertThat(slope).isCloseTo(law, within(0.005));
    assertThat(logs[100]).isCloseTo(10.55, within(0.0051));
    assertThat(logs[1000]).isCloseTo(34.27, within(0.0051));
  }

  /** Both by 3/2 a block: ln 1.5 = 0.405465. */
  @Test
  void reluGrowsExponentially() {
    ResidualMap map = new ResidualMap(GaussianIntegral.of(Activation.RELU), UNIT, 1);
    assertThat(map.lengths(1, 10)[10]).isCloseTo(Math.pow(1.5, 10), within(1e-9));
    assertThat(map.logGradients(1, 10)[10]).isCloseTo(4.05465, within(1e-5));
  }

  @Test
  void branchesAreVariances() {
    GaussianIntegral relu = GaussianIntegral.of(Activation.RELU);
    assertThat(new ResidualMap(relu, UNIT, 0).lengths(3, 9)[9]).isEqualTo(3);
    assertThat(new ResidualMap(relu, UNIT, 0.5).of(1)).isEqualTo(1.25);
    assertThatThrownBy(() -> new ResidualMap(relu, UNIT, -1)).hasMessageContaining("not -1.0");
  }

  /**
   * Five blocks x + V f(W x + b) of width 128 with V of variance 0.7 / n: mean squares of the
   * stream and of a small change of it, over 64 networks, within five standard errors (63 degrees
   * of freedom, 5e-6 false alarms each). With sqrt(0.7) for 0.7 gradients would be beyond.
   */
  @ParameterizedTest
  @EnumSource
  void randomBlocksGrowAsPredicted(Activation f) {
    Variances variances = new Variances(1.6, 0.2);
    int blocks = 5;
    double[] p = new double[64];
    double[] g = new double[64];
    for (int i = 0; i < p.length; i++) {
      double[] seen = run(f, variances, blocks, Key.of(45).at(f.title()).at("network", i));
      p[i] = seen[0];
      g[i] = seen[1];
    }
    ResidualMap map = new ResidualMap(GaussianIntegral.of(f), variances, 0.7);
    Sample.of(p).agreesWith("stream", map.lengths(1, blocks)[blocks], 5);
    Sample.of(g).agreesWith("gradient", Math.exp(map.logGradients(1, blocks)[blocks]), 5);
    ResidualMap broken = new ResidualMap(GaussianIntegral.of(f), variances, Math.sqrt(0.7));
    assertThat(Sample.of(p).distance(broken.lengths(1, blocks)[blocks])).isGreaterThan(5);
  }

  private static double[] run(Activation f, Variances variances, int blocks, Key key) {
    int n = 128;
    double[] x = unit(WideNetwork.normal(key.at("x"), 1, n));
    double[] change = unit(WideNetwork.normal(key.at("change"), 1, n));
    for (int l = 0; l < blocks; l++) {
      Key block = key.at("block", l);
      float[] w = WideNetwork.normal(block.at("w"), Math.sqrt(variances.weight() / n), n * n);
      float[] v = WideNetwork.normal(block.at("v"), Math.sqrt(0.7 / n), n * n);
      float[] b = WideNetwork.normal(block.at("b"), Math.sqrt(variances.bias()), n);
      double[] h = times(w, x);
      double[] d = times(w, change);
      for (int i = 0; i < n; i++) {
        d[i] *= f.slope(h[i] + b[i]);
        h[i] = f.of(h[i] + b[i]);
      }
      add(x, times(v, h));
      add(change, times(v, d));
    }
    return new double[] {meanSquare(x), meanSquare(change)};
  }

  private static double[] unit(float[] values) {
    double size = Math.sqrt(WideNetwork.product(values, values));
    double[] unit = new double[values.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = values[i] / size;
    }
    return unit;
  }

  private static double[] times(float[] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i * vector.length + j] * vector[j];
      }
    }
    return product;
  }

  private static void add(double[] to, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += what[i];
    }
  }

  private static double meanSquare(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum / values.length;
  }
}
