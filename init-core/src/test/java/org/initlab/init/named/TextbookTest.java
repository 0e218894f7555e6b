package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.random.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The papers' variances in plain numbers, for fans of 2000 and 500; no code of ours says them. */
class TextbookTest {

  /**
   * A million draws each. The variance is within five standard errors of a normal law's, sqrt(2/n)
   * relative, the widest of the three: 6e-7 false alarms a row, and the key is fixed.
   */
  @ParameterizedTest
  @CsvSource({
    "glorot_uniform,           0.0008",
    "glorot_normal,            0.0008",
    "glorot_truncated_normal,  0.0008",
    "he_uniform,               0.001",
    "he_normal,                0.001",
    "he_truncated_normal,      0.001",
    "lecun_uniform,            0.0005",
    "lecun_normal,             0.0005",
    "lecun_truncated_normal,   0.0005",
    "standard,                 0.000166666666667",
    "normal(stddev=0.3),       0.09",
    "uniform(limit=0.3),       0.03",
  })
  void hasThePapersVariance(String name, double variance) {
    float[] draws =
        Named.initializer(name).draw(Site.dense(2000, 500), Key.of(7).at(name)).values();

    double sum = 0;
    for (float w : draws) {
      sum += (double) w * w;
    }
    assertThat(sum / draws.length / variance)
        .isCloseTo(1, within(5 * Math.sqrt(2.0 / draws.length)));
  }

  /**
   * sqrt(6 / (fan_in + fan_out)) of the article's Dense(100 to 50), and of its Conv2D, 27 and 288.
   */
  @ParameterizedTest
  @CsvSource({
    "glorot_uniform, 0.2, 0.138013",
    "standard, 0.1, 0.192450",
    "he_uniform, 0.244949, 0.471405"
  })
  void staysWithinThePapersLimit(String name, double dense, double convolution) {
    assertThat(largest(name, WeightShape.dense(100, 50))).isBetween(0.995 * dense, dense + 1e-6);
    assertThat(largest(name, WeightShape.convolution(3, 32, 3L, 3L)))
        .isBetween(0.98 * convolution, convolution + 1e-6);
  }

  private static double largest(String name, WeightShape shape) {
    double most = 0;
    for (float w : Named.initializer(name).draw(Site.of(shape), Key.of(7)).values()) {
      most = Math.max(most, Math.abs(w));
    }
    return most;
  }
}
