package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The path of one network against the maps of which it must be made. */
class SignalPathTest {

  private static final Variances VARIANCES = new Variances(1.7, 0.3);

  private static SignalPath chain(Activation f, int depth) {
    return new SignalPath(Collections.nCopies(depth, SignalPath.Layer.plain(VARIANCES, f)));
  }

  /** A stream, four blocks x + 0.7 V f(W x + b) with V of variance 0.6, an output of 1/2. */
  private static SignalPath residual(Activation f) {
    List<SignalPath.Layer> layers = new ArrayList<>();
    layers.add(SignalPath.Layer.plain(new Variances(1, 0), Activation.IDENTITY));
    for (int block = 0; block < 4; block++) {
      int stream = layers.size();
      layers.add(SignalPath.Layer.plain(VARIANCES, f));
      layers.add(new SignalPath.Layer(new Variances(0.6, 0), Activation.IDENTITY, stream, 0.7));
    }
    layers.add(SignalPath.Layer.plain(new Variances(0.5, 0), Activation.IDENTITY));
    return new SignalPath(layers);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void lengthsOfAChainAreThoseOfTheMap(Activation f) {
    GaussianIntegral integral = GaussianIntegral.of(f);
    LengthMap map = new LengthMap(integral, VARIANCES);
    double first = 1.7 * 0.8 + 0.3;
    double[] q = chain(f, 6).signal(0.8).lengths();
    double[] expected = map.lengths(first, 5);
    for (int l = 1; l <= 6; l++) {
      assertThat(q[l]).isCloseTo(expected[l - 1], within(1e-12 * expected[l - 1]));
      assertThat(chain(f, 6).signal(0.8).secondMoments()[l])
          .isCloseTo(integral.square(q[l]), within(1e-12 * q[l]));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void correlationsAtTheFixedLengthAreThoseOfTheMap(Activation f) {
    GaussianIntegral integral = GaussianIntegral.of(f);
    Variances variances = new Variances(f == Activation.RELU ? 1.5 : 0.8, 0.3);
    double fixed = new LengthMap(integral, variances).limit().q();
    double start = (fixed - 0.3) / variances.weight();
    SignalPath path = new SignalPath(Collections.nCopies(5, SignalPath.Layer.plain(variances, f)));
    double product = 0.2 * start;
    double[] c = path.correlations(start, start, product);
    double first = (variances.weight() * product + 0.3) / fixed;
    double[] expected = new CorrelationMap(integral, variances, fixed).correlations(first, 4);
    for (int l = 1; l <= 5; l++) {
      assertThat(c[l]).isCloseTo(expected[l - 1], within(1e-9));
    }
  }

  @Test
  void residualNetworksGrowAsTheirMapSays() {
    for (Activation f : List.of(Activation.TANH, Activation.RELU)) {
      ResidualMap map = new ResidualMap(GaussianIntegral.of(f), VARIANCES, 0.6 * 0.49);
      SignalPath path = residual(f);
      SignalPath.Signal q = path.signal(1.3);
      double[] p = q.secondMoments();
      double[] expected = map.lengths(1.3, 4);
      double[] logs = map.logGradients(1.3, 4);
      for (int block = 0; block <= 4; block++) {
        assertThat(p[1 + 2 * block]).isCloseTo(expected[block], within(1e-12 * expected[block]));
      }
      assertThat(Math.log(path.jacobian(1, 9, q))).isCloseTo(logs[4], within(1e-12));
      double[] d = path.gradients(q, 2);
      assertThat(Math.log(d[1] / (2 * 0.5))).isCloseTo(logs[4], within(1e-12));
    }
  }

  /** The shortcut for faint signals, against the integrals themselves. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void signalsMayFadeToNearlyNothing(Activation f) {
    GaussianIntegral integral = GaussianIntegral.of(f);
    SignalPath path =
        new SignalPath(Collections.nCopies(60, SignalPath.Layer.plain(new Variances(0.3, 0), f)));
    SignalPath.Signal one = path.signal(1);
    double[] q = one.lengths();
    double[] other = path.signal(0.5).lengths();
    double[] c = path.correlations(1, 0.5, 0.2);
    for (int l = 1; l < 60; l++) {
      double next = 0.3 * integral.square(q[l]);
      assertThat(q[l + 1]).isCloseTo(next, within(1e-9 * next));
      double slope = integral.slopeSquare(q[l]);
      assertThat(one.slopeSquares()[l]).isCloseTo(slope, within(1e-8 * slope));
      double k = 0.3 * integral.pair(q[l], other[l]).of(c[l]);
      assertThat(c[l + 1]).isCloseTo(k / Math.sqrt(q[l + 1] * other[l + 1]), within(1e-9));
    }
  }

  @Test
  void gradientsOfAChainAreMultipliedByTheFactorsAtTheirLengths() {
    SignalPath path = chain(Activation.TANH, 5);
    SignalPath.Signal q = path.signal(0.4);
    double[] d = path.gradients(q, 3);
    assertThat(d[5]).isEqualTo(3);
    for (int l = 1; l < 5; l++) {
      assertThat(d[l]).isCloseTo(d[l + 1] * path.gradientFactor(l, q), within(1e-12 * d[l]));
    }
    assertThat(path.jacobian(2, 4, q))
        .isCloseTo(path.gradientFactor(3, q) * path.gradientFactor(4, q), within(1e-12));
  }

  @Test
  void theSpectrumOfAChainAtItsFixedLengthIsPenningtons() {
    GaussianIntegral integral = GaussianIntegral.of(Activation.TANH);
    double fixed = new LengthMap(integral, VARIANCES).limit().q();
    SignalPath path = chain(Activation.TANH, 6);
    SignalPath.Signal q = path.signal((fixed - 0.3) / 1.7);
    for (JacobianSpectrum.Ensemble ensemble : JacobianSpectrum.Ensemble.values()) {
      JacobianSpectrum expected = JacobianSpectrum.of(integral, VARIANCES, fixed, 5, ensemble);
      double mean = path.jacobian(1, 6, q);
      double relative = path.relativeVariance(1, 6, q, Collections.nCopies(5, ensemble));
      assertThat(mean).isCloseTo(expected.mean(), within(1e-9 * expected.mean()));
      assertThat(mean * mean * relative)
          .isCloseTo(expected.variance(), within(1e-9 * expected.variance()));
    }
  }

  @Test
  void lengthsFluctuateAsHaninAndRolnickSay() {
    Variances he = new Variances(2, 0);
    SignalPath path =
        new SignalPath(Collections.nCopies(9, SignalPath.Layer.plain(he, Activation.RELU)));
    int[] units = {7, 50, 60, 70, 80, 90, 100, 110, 120, 130};
    double[] variances = path.logVariances(path.signal(1), units);
    double sum = 0;
    for (int l = 1; l <= 9; l++) {
      assertThat(variances[l]).isCloseTo(sum + 2.0 / units[l], within(1e-12));
      sum += 5.0 / units[l];
    }
  }

  @Test
  void aSumOfWhatIsNotBelowIsRefused() {
    SignalPath.Layer loop = new SignalPath.Layer(VARIANCES, Activation.IDENTITY, 1, 1);
    assertThatThrownBy(() -> new SignalPath(List.of(loop)))
        .hasMessageContaining("Layer 1 adds the output of layer 1");
  }
}
