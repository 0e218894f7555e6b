package org.initlab.init.named;

import java.util.List;
import java.util.function.Function;
import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.draw.VarianceScaling;

/**
 * Deeplearning4j's {@code WeightInit} where its rule has no other name here; the others are aliases
 * ({@code dl4j:relu} is {@code he_normal}).
 *
 * <p>They are the rules, drawn from InitLab's streams. They are not Deeplearning4j's numbers: its
 * generator gives others on another thread.
 */
final class Dl4jRows {

  private static final Law UNIFORM = new Law.Uniform();
  private static final Law NORMAL = new Law.Normal();
  private static final Law.TruncatedNormal TRUNCATED = new Law.TruncatedNormal(2);

  /** What the cut leaves of the variance of the normal law that is cut. */
  private static final double LEFT = TRUNCATED.parentDeviation() * TRUNCATED.parentDeviation();

  static final List<Row> ROWS =
      List.of(
          row(
              "lecun_uniform",
              "uniform within 3 / sqrt(fan_in), variance 3 / fan_in, three times LeCun's",
              3,
              Fan.IN,
              UNIFORM),
          row(
              "sigmoid_uniform",
              "uniform within 4 sqrt(6 / (fan_in + fan_out)), variance 32 / (fan_in + fan_out)",
              16,
              Fan.MEAN,
              UNIFORM,
              "sigmoid_uniform"),
          row(
              "xavier_legacy",
              "normal, variance 1 / (fan_in + fan_out), half of Glorot's",
              0.5,
              Fan.MEAN,
              NORMAL,
              "xavier_legacy"),
          truncated(Fan.IN),
          truncated(Fan.OUT),
          truncated(Fan.MEAN),
          uniform(Fan.IN),
          uniform(Fan.OUT),
          uniform(Fan.MEAN));

  private Dl4jRows() {}

  private static Row truncated(Fan fan) {
    String mode = fan.title();
    String name = "var_scaling_normal_" + mode;
    String formula = "normal of variance 1 / %s cut at 2 deviations, variance 0.774 / %s";
    return row(name, formula.formatted(mode, mode), LEFT, fan, TRUNCATED, name);
  }

  private static Row uniform(Fan fan) {
    String mode = fan.title();
    String name = "var_scaling_uniform_" + mode;
    String formula = "uniform within 3 / sqrt(%s), variance 3 / %s";
    return row(name, formula.formatted(mode, mode), 3, fan, UNIFORM, name);
  }

  private static Row row(
      String name, String formula, double gain, Fan fan, Law law, String... aliases) {
    Function<Arguments, Initializer> maker = a -> new VarianceScaling(Gain.of(gain), fan, law);
    return new Row(
        "dl4j:" + name,
        List.of(aliases),
        formula + "; the rule of Deeplearning4j, not its numbers",
        "Deeplearning4j 1.0.0-M2.1, org.deeplearning4j.nn.weights.WeightInit",
        List.of(),
        maker);
  }
}
