package org.initlab.init.named;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.initlab.init.Fan;
import org.initlab.init.Initializer;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.Framework;
import org.initlab.init.draw.Identity;
import org.initlab.init.draw.Recipe;
import org.initlab.init.draw.Recipe.Form;
import org.initlab.init.draw.Replica;
import org.initlab.init.draw.Shapes;

/** Keras 3's initializers on its TensorFlow backend, number for number. */
final class KerasRows {

  private static final String SOURCE = "Keras 3, keras.initializers.";

  static final List<Row> ROWS =
      List.of(
          scaling("glorot_uniform", "GlorotUniform", 1, Fan.MEAN, Form.UNIFORM),
          scaling("glorot_normal", "GlorotNormal", 1, Fan.MEAN, Form.TRUNCATED_NORMAL),
          scaling("he_uniform", "HeUniform", 2, Fan.IN, Form.UNIFORM),
          scaling("he_normal", "HeNormal", 2, Fan.IN, Form.TRUNCATED_NORMAL),
          scaling("lecun_uniform", "LecunUniform", 1, Fan.IN, Form.UNIFORM),
          scaling("lecun_normal", "LecunNormal", 1, Fan.IN, Form.TRUNCATED_NORMAL),
          row(
              "variance_scaling",
              "distribution with variance scale / mode; normal means truncated normal",
              "VarianceScaling",
              List.of(
                  Parameter.atLeastZero("scale", 1),
                  Parameter.choice("mode", "fan_in", List.of("fan_in", "fan_out", "fan_avg")),
                  Parameter.choice(
                          "distribution",
                          "truncated_normal",
                          List.of("truncated_normal", "untruncated_normal", "uniform"))
                      .also("normal", "truncated_normal")),
              a ->
                  new Recipe.Scaled(
                      a.number("scale"),
                      LawRows.FANS.get(a.word("mode")),
                      form(a.word("distribution")))),
          row(
              "random_normal",
              "normal, variance stddev^2",
              "RandomNormal",
              List.of(Parameter.atLeastZero("stddev", 0.05)),
              a -> new Recipe.Bell(a.number("stddev"))),
          row(
              "random_uniform",
              "uniform from minval to maxval",
              "RandomUniform",
              List.of(Parameter.number("minval", -0.05), Parameter.number("maxval", 0.05)),
              a -> {
                a.inOrder("minval", "maxval", true);
                return new Recipe.Interval(a.number("minval"), a.number("maxval"));
              }),
          row(
              "truncated_normal",
              "normal of deviation stddev cut at 2 stddev, variance 0.774 stddev^2",
              "TruncatedNormal",
              List.of(Parameter.atLeastZero("stddev", 0.05)),
              a -> {
                double stddev = a.number("stddev");
                return new Recipe.Confined(stddev, -2 * stddev, 2 * stddev);
              }),
          row(
              "orthogonal",
              "gain Q with Q' Q = 1 (Q Q' = 1 if there are more outputs than inputs), Haar's measure",
              "OrthogonalInitializer",
              List.of(Parameter.atLeastZero("gain", 1)),
              a -> new Recipe.Orthonormal(a.number("gain"))),
          fixed("zeros", "every weight is 0", "Zeros", List.of(), a -> new Constant(0)),
          fixed("ones", "every weight is 1", "Ones", List.of(), a -> new Constant(1)),
          fixed(
              "constant",
              "every weight is value",
              "Constant",
              List.of(Parameter.number("value", 0)),
              a -> new Constant(a.number("value"))),
          fixed(
                  "identity",
                  "gain where input and output have the same number, else 0",
                  "Identity",
                  List.of(Parameter.number("gain", 1)),
                  a -> new Identity(a.number("gain")))
              .only(Shapes.DENSE));

  private KerasRows() {}

  private static Form form(String distribution) {
    return switch (distribution) {
      case "uniform" -> Form.UNIFORM;
      case "untruncated_normal" -> Form.NORMAL;
      default -> Form.TRUNCATED_NORMAL;
    };
  }

  private static Row scaling(String name, String type, double scale, Fan fan, Form form) {
    String law = form == Form.UNIFORM ? "uniform" : "truncated normal";
    String divisor = fan == Fan.MEAN ? "((fan_in + fan_out) / 2)" : "fan_in";
    String formula = law + ", variance " + (int) scale + " / " + divisor;
    return row(name, formula, type, List.of(), a -> new Recipe.Scaled(scale, fan, form));
  }

  private static Row row(
      String name,
      String formula,
      String type,
      List<Parameter> parameters,
      Function<Arguments, Recipe> recipe) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(Parameter.seed());
    return fixed(
        name,
        formula + "; TensorFlow's numbers for the seed",
        type,
        all,
        a -> new Replica(Framework.KERAS, a.seed(), recipe.apply(a)));
  }

  private static Row fixed(
      String name,
      String formula,
      String type,
      List<Parameter> parameters,
      Function<Arguments, Initializer> maker) {
    return new Row("keras:" + name, List.of(), formula, SOURCE + type, parameters, maker);
  }
}
