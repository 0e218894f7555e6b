package org.initlab.init.named;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.initlab.init.Fan;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.DeltaOrthogonal;
import org.initlab.init.draw.JaxFixed;
import org.initlab.init.draw.JaxScaling;
import org.initlab.init.draw.Keyed;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.draw.Shapes;
import org.initlab.init.draw.UniformFromZero;

/**
 * JAX's {@code jax.nn.initializers} in float32, with JAX's seeds and rounding: bit for bit JAX 0.10
 * on an x86 processor, but for what goes through a QR decomposition.
 */
final class JaxRows {

  private static final Law UNIFORM = new Law.Uniform();
  private static final Law NORMAL = new Law.Normal();
  private static final Law TRUNCATED = new Law.TruncatedNormal(2);
  private static final Parameter SCALE = Parameter.atLeastZero("scale", 1);

  static final List<Row> ROWS =
      List.of(
          scaling("glorot_uniform", "xavier_uniform", 1, Fan.MEAN, UNIFORM),
          scaling("glorot_normal", "xavier_normal", 1, Fan.MEAN, TRUNCATED),
          scaling("he_uniform", "kaiming_uniform", 2, Fan.IN, UNIFORM),
          scaling("he_normal", "kaiming_normal", 2, Fan.IN, TRUNCATED),
          scaling("lecun_uniform", "efficient_uniform", 1, Fan.IN, UNIFORM),
          scaling("lecun_normal", "efficient_normal", 1, Fan.IN, TRUNCATED),
          row(
              "variance_scaling",
              List.of(),
              "distribution with variance scale / mode; normal is not truncated",
              List.of(
                  SCALE,
                  Parameter.choice(
                      "mode", "fan_in", List.of("fan_in", "fan_out", "fan_avg", "fan_geo_avg")),
                  Parameter.choice(
                      "distribution",
                      "truncated_normal",
                      List.of("truncated_normal", "normal", "uniform"))),
              a ->
                  new JaxScaling(
                      a.number("scale"),
                      LawRows.FANS.get(a.word("mode")),
                      LawRows.LAWS.get(a.word("distribution")))),
          row(
              "normal",
              List.of(),
              "normal, variance stddev^2",
              List.of(Parameter.atLeastZero("stddev", 0.01)),
              a -> new JaxFixed(a.number("stddev"), NORMAL)),
          row(
              "truncated_normal",
              List.of(),
              "normal of deviation stddev cut at 2 stddev, variance 0.774 stddev^2",
              List.of(Parameter.atLeastZero("stddev", 0.01)),
              a -> new JaxFixed(a.number("stddev"), TRUNCATED)),
          row(
              "uniform",
              List.of(),
              "uniform from 0 to scale, variance scale^2 / 12",
              List.of(Parameter.atLeastZero("scale", 0.01)),
              a -> new UniformFromZero(a.number("scale"))),
          fixed("zeros", "every weight is 0", List.of(), a -> new Constant(0)),
          fixed("ones", "every weight is 1", List.of(), a -> new Constant(1)),
          fixed(
              "constant",
              "every weight is value",
              List.of(Parameter.number("value")),
              a -> new Constant(a.number("value"))),
          row(
              "orthogonal",
              List.of(),
              "scale Q with Q' Q = 1 (Q Q' = 1 if there are more outputs than inputs), Haar's measure",
              List.of(SCALE),
              a -> new Orthogonal(a.number("scale"))),
          row(
                  "delta_orthogonal",
                  List.of(),
                  "scale H at the kernel's centre, 0 elsewhere; H H' = 1, Haar's measure",
                  List.of(SCALE),
                  a -> new DeltaOrthogonal(a.number("scale")))
              .only(Shapes.WIDENING_CONVOLUTION));

  private JaxRows() {}

  private static Row scaling(String name, String alias, double scale, Fan fan, Law law) {
    String divisor = fan == Fan.MEAN ? "((fan_in + fan_out) / 2)" : "fan_in";
    return row(
        name,
        List.of("jax:" + alias),
        law.name().replace('_', ' ') + ", variance " + (int) scale + " / " + divisor,
        List.of(),
        a -> new JaxScaling(scale, fan, law));
  }

  private static Row row(
      String name,
      List<String> aliases,
      String formula,
      List<Parameter> parameters,
      Function<Arguments, Initializer> maker) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(Parameter.seed());
    return new Row(
        "jax:" + name,
        aliases,
        formula + "; JAX's numbers for the seed",
        "JAX, jax.nn.initializers." + name,
        all,
        a -> keyed(a.seed(), maker.apply(a)));
  }

  private static Row fixed(
      String name,
      String formula,
      List<Parameter> parameters,
      Function<Arguments, Initializer> maker) {
    String source = "JAX, jax.nn.initializers." + name;
    return new Row("jax:" + name, List.of(), formula, source, parameters, maker);
  }

  private static Initializer keyed(OptionalLong seed, Initializer initializer) {
    return seed.isEmpty() ? initializer : new Keyed(seed.getAsLong(), initializer);
  }
}
