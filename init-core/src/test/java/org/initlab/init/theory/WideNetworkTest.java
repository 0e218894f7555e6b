package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.initlab.init.Activation;
import org.initlab.init.random.Key;
import org.initlab.init.theory.WideNetwork.Seen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The maps against random networks of width 256. Keys are fixed, so a test passes always or never.
 *
 * <p>Means over 64 networks must lie within five estimated standard errors: with 63 degrees of
 * freedom 5e-6 false alarms each, 3e-4 for all sixty together. Predictions hold up to terms of
 * order 1 / width, 0.4 %, which is below the standard errors here, 0.5 to 4 %.
 */
@Tag("slow")
class WideNetworkTest {

  private static final int WIDTH = 256;
  private static final int NETWORKS = 64;
  private static final int DEPTH = 3;
  private static final double ERRORS = 5;

  @ParameterizedTest
  @EnumSource
  void lengthsCorrelationsAndGradientsAreThePredictedOnes(Activation activation) {
    Variances variances = new Variances(2.2, 0.3);
    List<Seen> seen = networks(activation, variances);

    Seen theory = predict(activation, variances);
    sample(seen, Seen::x).agreesWith("length of x", theory.x(), ERRORS);
    sample(seen, Seen::y).agreesWith("length of y", theory.y(), ERRORS);
    sample(seen, Seen::product).agreesWith("covariance", theory.product(), ERRORS);
    sample(seen, Seen::change).agreesWith("gradient", theory.change(), ERRORS);

    // A test that cannot fail proves nothing: with deviations where variances belong it does.
    Seen broken =
        predict(activation, new Variances(Math.sqrt(variances.weight()), variances.bias()));
    assertThat(sample(seen, Seen::x).distance(broken.x())).isGreaterThan(2 * ERRORS);
    assertThat(sample(seen, Seen::change).distance(broken.change())).isGreaterThan(2 * ERRORS);
    Seen otherBias =
        predict(activation, new Variances(variances.weight(), Math.sqrt(variances.bias())));
    assertThat(sample(seen, Seen::product).distance(otherBias.product())).isGreaterThan(ERRORS);
  }

  /** q* and c* of tanh on both sides of the edge, after eight layers from elsewhere. */
  @ParameterizedTest
  @CsvSource({"1.3", "2.5"})
  void wideNetworksSettleAtTheFixedPoints(double sigmaW) {
    Variances variances = Variances.ofDeviations(sigmaW, 0.3);
    Propagation theory = Propagation.of(Activation.TANH, variances);
    int depth = 25;
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      Key key = Key.of(41).at("settle").at("network", i);
      seen.add(new WideNetwork(Activation.TANH, variances, WIDTH, key).run(2, 3, 0.5, depth));
    }
    // 15 degrees of freedom: 8 standard errors are 9e-7 false alarms.
    sample(seen, Seen::x).agreesWith("q*", theory.length().q(), 8);
    Sample c = sample(seen, s -> s.product() / Math.sqrt(s.x() * s.y()));
    double left = Math.pow(theory.chiC(), depth);
    assertThat(Math.abs(c.mean() - theory.c())).isLessThan(8 * c.error() + left);
    if (theory.phase() == Phase.CHAOTIC) {
      assertThat(c.distance(1)).isGreaterThan(8);
    }
  }

  private static List<Seen> networks(Activation activation, Variances variances) {
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < NETWORKS; i++) {
      Key key = Key.of(40).at(activation.title()).at("network", i);
      seen.add(new WideNetwork(activation, variances, WIDTH, key).run(0.8, 1.7, 0.4, DEPTH));
    }
    return Collections.unmodifiableList(seen);
  }

  private static Sample sample(List<Seen> seen, ToDoubleFunction<Seen> number) {
    return Sample.of(seen.stream().mapToDouble(number).toArray());
  }

  private static Seen predict(Activation activation, Variances variances) {
    GaussianIntegral f = GaussianIntegral.of(activation);
    LengthMap map = new LengthMap(f, variances);
    double q = 0.8;
    double r = 1.7;
    double product = 0.4 * Math.sqrt(q * r);
    double change = 1;
    for (int l = 0; l < DEPTH; l++) {
      double c = product / Math.sqrt(q * r);
      product = variances.weight() * f.pair(q, r).of(c) + variances.bias();
      change *= map.gradientFactor(q);
      q = map.of(q);
      r = map.of(r);
    }
    return new Seen(q, r, product, change);
  }
}
