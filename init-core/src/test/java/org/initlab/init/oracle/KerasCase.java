package org.initlab.init.oracle;

import java.util.List;
import org.initlab.init.Fans;

/**
 * A row {@code keras:...}, Keras's own call, and what that call asks of TensorFlow by Keras's
 * source: {@link KerasLimitsTest} hears whether Keras does ask so, {@link TensorFlowTest} what
 * comes of it.
 *
 * @param text the row, with a place for its seed
 * @param call of {@code keras.initializers}, without a seed
 * @param rule TensorFlow's words for it
 */
record KerasCase(String text, String call, Rule rule) {

  /** An op of {@link #OPS} with its first and second number, for a layer of these fans. */
  interface Rule {
    String words(Fans fans);
  }

  /** TensorFlow's ops, in the order in which the oracle numbers them. */
  static final List<String> OPS = List.of("uniform", "normal", "truncated_normal");

  static final List<KerasCase> ALL =
      List.of(
          new KerasCase(
              "glorot_uniform(%s)", "GlorotUniform()", f -> uniform(1 / ((f.in() + f.out()) / 2))),
          new KerasCase(
              "glorot_normal(%s)", "GlorotNormal()", f -> truncated(1 / ((f.in() + f.out()) / 2))),
          new KerasCase("he_uniform(%s)", "HeUniform()", f -> uniform(2 / f.in())),
          new KerasCase("he_normal(%s)", "HeNormal()", f -> truncated(2 / f.in())),
          new KerasCase("lecun_uniform(%s)", "LecunUniform()", f -> uniform(1 / f.in())),
          new KerasCase("lecun_normal(%s)", "LecunNormal()", f -> truncated(1 / f.in())),
          new KerasCase(
              "variance_scaling(scale=3, mode=fan_out, distribution=untruncated_normal, %s)",
              "VarianceScaling(3, 'fan_out', 'untruncated_normal')",
              f -> "normal 0 " + Math.sqrt(3 / f.out())),
          new KerasCase(
              "variance_scaling(scale=0.3, %s)",
              "VarianceScaling(0.3)", f -> truncated(0.3 / f.in())),
          new KerasCase(
              "random_normal(stddev=0.3, %s)", "RandomNormal(stddev=0.3)", f -> "normal 0 0.3"),
          new KerasCase(
              "random_uniform(minval=-0.1, maxval=0.3, %s)",
              "RandomUniform(-0.1, 0.3)", f -> "uniform -0.1 0.3"),
          new KerasCase(
              "truncated_normal(stddev=0.2, %s)",
              "TruncatedNormal(stddev=0.2)", f -> "truncated_normal 0 0.2"));

  private static String uniform(double variance) {
    double limit = Math.sqrt(3 * variance);
    return "uniform " + -limit + " " + limit;
  }

  private static String truncated(double variance) {
    return "truncated_normal 0 " + Math.sqrt(variance) / .87962566103423978;
  }
}
