package org.initlab.init.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.initlab.init.Activation;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Initializers that are matrices of a kind: written out by hand, or known by what they do. */
class MatricesTest {

  private static final Key KEY = Key.of(11);

  private static float[] draw(Initializer initializer, WeightShape shape) {
    return initializer.draw(Site.of(shape), KEY).values();
  }

  @Test
  void theIdentityMayBeRectangular() {
    assertThat(draw(new Identity(2), WeightShape.dense(2, 3))).containsExactly(2, 0, 0, 0, 2, 0);
    assertThat(draw(new Identity(-1), WeightShape.dense(3, 2))).containsExactly(-1, 0, 0, -1, 0, 0);
    assertThat(draw(new RecurrentIdentity(0.01), WeightShape.dense(2, 2)))
        .containsExactly(0.01f, 0, 0, 0.01f);
  }

  @Test
  void thePaddedIdentityRepeats() {
    assertThat(draw(new PaddedIdentity(1, 0), WeightShape.dense(2, 5)))
        .containsExactly(1, 0, 1, 0, 1, 0, 1, 0, 1, 0);
    assertThat(draw(new PaddedIdentity(1, 0), WeightShape.dense(3, 2)))
        .containsExactly(1, 0, 0, 1, 1, 0);
    // Two inputs at two positions feed output (2 input + position) mod 3; rows are position, input.
    assertThat(draw(new PaddedIdentity(1, 0), WeightShape.convolution(2, 3, 2L)))
        .containsExactly(1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0);
  }

  @Test
  void thePaddedIdentitysNoiseHasItsDeviation() {
    float[] w = draw(new PaddedIdentity(0, 1e-3), WeightShape.dense(100, 100));
    double sum = 0;
    for (float x : w) {
      sum += x * x;
    }
    // Five standard errors of a variance from 1e4 draws, 6e-7 false alarms.
    assertThat(sum / w.length / 1e-6).isCloseTo(1, within(5 * Math.sqrt(2e-4)));
  }

  /** A Dirac convolution of one dimension with "same" padding in front returns its input. */
  @ParameterizedTest
  @CsvSource({"1, 3, 3", "2, 3, 3", "3, 2, 4", "4, 4, 2", "5, 1, 1"})
  void aDiracConvolutionPassesItsInputOn(int k, int in, int out) {
    float[] w = draw(new Dirac(1, 1), WeightShape.convolution(in, out, (long) k));
    double[][] x = new double[7][in];
    for (int t = 0; t < 7; t++) {
      for (int c = 0; c < in; c++) {
        x[t][c] = 1 + t + 10 * c;
      }
    }
    for (int t = 0; t < 7; t++) {
      for (int o = 0; o < out; o++) {
        double y = 0;
        for (int p = 0; p < k; p++) {
          int from = t + p - k / 2;
          for (int c = 0; c < in && from >= 0 && from < 7; c++) {
            y += x[from][c] * w[(p * in + c) * out + o];
          }
        }
        assertThat(y).isEqualTo(o < in ? x[t][o] : 0);
      }
    }
  }

  @Test
  void aDiracConvolutionOfGroupsRestartsInEach() {
    // Four outputs in two groups, two inputs each.
    assertThat(draw(new Dirac(1, 2), WeightShape.convolution(2, 4, 1L)))
        .containsExactly(1, 0, 1, 0, 0, 1, 0, 1);
    assertThatThrownBy(() -> draw(new Dirac(1, 3), WeightShape.convolution(2, 4, 1L)))
        .hasMessage("dirac: groups must be a divisor of the outputs, 4, not 3.");
  }

  @ParameterizedTest
  @CsvSource({"3, 4, 4", "4, 2, 5", "1, 1, 1", "5, 3, 64"})
  void aDeltaOrthogonalKernelHasOrthonormalRowsAtItsCentre(int k, int in, int out) {
    float[] w = draw(new DeltaOrthogonal(1.5), WeightShape.convolution(in, out, (long) k, 2L));
    int centre = (k - 1) / 2 * 2 * in * out;
    for (int a = 0; a < in; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int o = 0; o < out; o++) {
          sum += (double) w[centre + a * out + o] * w[centre + b * out + o];
        }
        assertThat(sum).isCloseTo(a == b ? 2.25 : 0, within(1e-5));
      }
    }
    for (int i = 0; i < w.length; i++) {
      if (i < centre || i >= centre + in * out) {
        assertThat(w[i]).isZero();
      }
    }
  }

  @Test
  void fewerOutputsThanInputsCannotBeDeltaOrthogonal() {
    assertThatThrownBy(() -> draw(new DeltaOrthogonal(1), WeightShape.convolution(4, 3, 3L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("delta_orthogonal: shape must be")
        .hasMessageContaining("at least as many outputs as inputs")
        .hasMessageContaining("in 4, out 3")
        .hasMessageContaining("Maybe orthogonal.");
  }

  @Test
  void hadamardsRowsAreOrthonormalWhereAPowerOfTwoWidens() {
    float[] w = draw(new Hadamard(), WeightShape.dense(5, 8));
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int o = 0; o < 8; o++) {
          sum += (double) w[a * 8 + o] * w[b * 8 + o];
        }
        assertThat(sum).isCloseTo(a == b ? 1 : 0, within(1e-6));
      }
    }
    // Sylvester's matrix of order 4, its first two rows and three columns, over sqrt(4).
    assertThat(draw(new Hadamard(), WeightShape.dense(2, 3)))
        .containsExactly(0.5f, 0.5f, 0.5f, 0.5f, -0.5f, 0.5f);
    assertThat(draw(new Hadamard(), WeightShape.dense(3, 2))).containsExactly(1, 0, 0, 1, 0, 0);
    assertThat(draw(new Hadamard(), WeightShape.convolution(1, 1, 2L))).containsExactly(0, 1);
  }

  @Test
  void eachOutputHasItsNumberOfConnections() {
    float[] w = draw(new Sparse(15, 1), WeightShape.dense(400, 300));
    int[] leaving = new int[400];
    double squares = 0;
    for (int o = 0; o < 300; o++) {
      int connections = 0;
      for (int i = 0; i < 400; i++) {
        if (w[i * 300 + o] != 0) {
          connections++;
          leaving[i]++;
          squares += w[i * 300 + o] * w[i * 300 + o];
        }
      }
      assertThat(connections).isEqualTo(15);
    }
    // Five standard errors of a variance from 4500 draws, 6e-7 false alarms.
    assertThat(squares / 4500).isCloseTo(1, within(5 * Math.sqrt(2.0 / 4500)));
    // Chi-square of the places with 399 degrees of freedom, its variance shrunk by 385/400; it
    // exceeds 399 + 6 deviations, or falls below, with probability about 1e-7.
    double chi = 0;
    for (int n : leaving) {
      chi += (n - 11.25) * (n - 11.25) / 11.25;
    }
    assertThat(chi).isBetween(385 - 6 * 28.0, 385 + 6 * 28.0);
    assertThat(draw(new Sparse(15, 1), WeightShape.dense(3, 2))).doesNotContain(0f);
  }

  /** Three looks-linear layers under ReLU are a linear map of singular values gain^3. */
  @Test
  void aReluNetworkLooksLinear() {
    Initializer looksLinear = new LooksLinear(1.1);
    float[] first = looksLinear.draw(site(4, 8, Role.INPUT), KEY.at("1")).values();
    float[] second = looksLinear.draw(site(8, 8, Role.HIDDEN), KEY.at("2")).values();
    float[] third = looksLinear.draw(site(8, 4, Role.OUTPUT), KEY.at("3")).values();
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b <= a; b++) {
        double product = 0;
        double[] x = through(first, second, third, unit(a));
        double[] y = through(first, second, third, unit(b));
        for (int i = 0; i < 4; i++) {
          product += x[i] * y[i];
        }
        assertThat(product).isCloseTo(a == b ? Math.pow(1.1, 6) : 0, within(1e-5));
      }
    }
    double[] opposite = through(first, second, third, new double[] {-1, 0, 0, 0});
    double[] plain = through(first, second, third, unit(0));
    for (int i = 0; i < 4; i++) {
      assertThat(opposite[i]).isCloseTo(-plain[i], within(1e-6));
    }
  }

  private static Site site(int in, int out, Role role) {
    return new Site("w", WeightShape.dense(in, out), role, Activation.RELU, 1, 3);
  }

  private static double[] unit(int a) {
    double[] x = new double[4];
    x[a] = 1;
    return x;
  }

  private static double[] through(float[] first, float[] second, float[] third, double[] x) {
    double[] z = x;
    for (float[] w : List.of(first, second, third)) {
      double[] s = new double[w.length / z.length];
      for (int i = 0; i < z.length; i++) {
        for (int o = 0; o < s.length; o++) {
          s[o] += z[i] * w[i * s.length + o];
        }
      }
      if (w != third) {
        for (int o = 0; o < s.length; o++) {
          s[o] = Math.max(0, s[o]);
        }
      }
      z = s;
    }
    return z;
  }

  /** The paper's two formulas at N = 100: exp(0.005), and sqrt(2) exp(1.2 / 97.6). */
  @Test
  void randomWalkHasThePapersGains() {
    assertThat(RandomWalk.gain(Activation.IDENTITY, 100)).isCloseTo(1.005012521, within(1e-9));
    assertThat(RandomWalk.gain(Activation.RELU, 100)).isCloseTo(1.431708, within(1e-6));
    assertThat(RandomWalk.gain(Activation.RELU, 2))
        .isCloseTo(RandomWalk.gain(Activation.RELU, 6), within(0.0));
    Site tanh = new Site("w", WeightShape.dense(4, 4), Role.HIDDEN, Activation.TANH, 1, 3);
    assertThatThrownBy(() -> new RandomWalk().draw(tanh, KEY))
        .hasMessageStartingWith(
            "random_walk: activation must be identity or relu, not tanh. Maybe");
  }

  /**
   * What the gain is for: log |W x|, W linear of 50 units, has mean 0. Its deviation is near 0.1,
   * so the mean of 4000 has a standard error of 0.0016; five of them, 6e-7 false alarms. Without
   * the gain the mean is -0.01.
   */
  @Test
  void aRandomWalkHasNoDrift() {
    double sum = 0;
    for (int i = 0; i < 4000; i++) {
      float[] w = new RandomWalk().draw(Site.dense(50, 50), KEY.at("walk", i)).values();
      double square = 0;
      for (int o = 0; o < 50; o++) {
        square += w[o] * w[o] * 1.0;
      }
      sum += Math.log(square) / 2;
    }
    assertThat(sum / 4000).isCloseTo(0, within(5 * 0.0016));
  }
}
