package org.initlab.init.named;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.initlab.init.Activation;
import org.initlab.init.Fan;
import org.initlab.init.Initializer;
import org.initlab.init.draw.ActivationGain;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.Dirac;
import org.initlab.init.draw.Framework;
import org.initlab.init.draw.Identity;
import org.initlab.init.draw.Recipe;
import org.initlab.init.draw.Recipe.Form;
import org.initlab.init.draw.Replica;
import org.initlab.init.draw.Shapes;
import org.initlab.init.draw.SparseColumns;

/** PyTorch's {@code torch.nn.init} on a CPU, number for number. */
final class TorchRows {

  private static final Parameter GAIN = Parameter.atLeastZero("gain", 1);

  static final List<Row> ROWS =
      List.of(
          row(
              "uniform_",
              "uniform from a to b",
              List.of(Parameter.number("a", 0), Parameter.number("b", 1)),
              a -> {
                a.inOrder("a", "b", true);
                return new Recipe.Interval(a.number("a"), a.number("b"));
              }),
          row(
              "normal_",
              "normal, variance std^2",
              List.of(Parameter.atLeastZero("std", 1)),
              a -> new Recipe.Bell(a.number("std"))),
          row(
              "trunc_normal_",
              "normal of deviation std confined to a, ..., b, which are not multiples of std",
              List.of(
                  Parameter.atLeastZero("std", 1),
                  Parameter.number("a", -2),
                  Parameter.number("b", 2)),
              a -> {
                a.inOrder("a", "b", false);
                return new Recipe.Confined(a.number("std"), a.number("a"), a.number("b"));
              }),
          row(
              "xavier_uniform_",
              "uniform, variance gain^2 / ((fan_in + fan_out) / 2)",
              List.of(GAIN),
              a -> new Recipe.Scaled(square(a.number("gain")), Fan.MEAN, Form.UNIFORM)),
          row(
              "xavier_normal_",
              "normal, variance gain^2 / ((fan_in + fan_out) / 2)",
              List.of(GAIN),
              a -> new Recipe.Scaled(square(a.number("gain")), Fan.MEAN, Form.NORMAL)),
          kaiming("kaiming_uniform_", "uniform", Form.UNIFORM),
          kaiming("kaiming_normal_", "normal", Form.NORMAL),
          row(
              "orthogonal_",
              "gain Q with Q' Q = 1 (Q Q' = 1 if there are more inputs than outputs), Q with out rows",
              List.of(GAIN),
              a -> new Recipe.Orthonormal(a.number("gain"))),
          seeded(
                  "sparse_",
                  "normal of deviation std; of the weights that leave each input ceil(sparsity out)"
                      + " are 0",
                  List.of(
                      Parameter.atLeastZero("sparsity", 0.1), Parameter.atLeastZero("std", 0.01)),
                  a -> new SparseColumns(a.seed(), a.number("sparsity"), a.number("std")))
              .only(Shapes.DENSE),
          fixed("zeros_", "every weight is 0", List.of(), a -> new Constant(0)),
          fixed("ones_", "every weight is 1", List.of(), a -> new Constant(1)),
          fixed(
              "constant_",
              "every weight is val",
              List.of(Parameter.number("val")),
              a -> new Constant(a.number("val"))),
          fixed(
                  "eye_",
                  "1 where input and output have the same number, else 0",
                  List.of(),
                  a -> new Identity(1))
              .only(Shapes.DENSE),
          fixed(
                  "dirac_",
                  "1 from input d to output d of each group at kernel position floor(k / 2), else 0",
                  List.of(Parameter.count("groups", 1)),
                  a -> new Dirac(1, a.whole("groups")))
              .only(Shapes.CONVOLUTION));

  private TorchRows() {}

  private static Row kaiming(String name, String law, Form form) {
    return row(
        name,
        law
            + ", variance calculate_gain(nonlinearity, a)^2 / mode; a is the slope of leaky_relu, and"
            + " sqrt(5) makes PyTorch's default for layers",
        List.of(
            Parameter.number("a", 0),
            Parameter.choice("mode", "fan_in", List.of("fan_in", "fan_out")),
            Parameter.choice(
                "nonlinearity",
                "leaky_relu",
                List.of("leaky_relu", "relu", "linear", "tanh", "sigmoid", "selu"))),
        a -> new Recipe.Scaled(gain(a), LawRows.FANS.get(a.word("mode")), form));
  }

  /** The square of {@code calculate_gain}. */
  private static double gain(Arguments a) {
    return switch (a.word("nonlinearity")) {
      case "leaky_relu" -> 2 / (1 + square(a.number("a")));
      case "relu" -> ActivationGain.PYTORCH.variance(Activation.RELU);
      case "tanh" -> ActivationGain.PYTORCH.variance(Activation.TANH);
      case "selu" -> ActivationGain.PYTORCH.variance(Activation.SELU);
      default -> 1;
    };
  }

  private static double square(double x) {
    return x * x;
  }

  private static Row row(
      String name, String formula, List<Parameter> parameters, Function<Arguments, Recipe> recipe) {
    return seeded(
        name, formula, parameters, a -> new Replica(Framework.TORCH, a.seed(), recipe.apply(a)));
  }

  private static Row seeded(
      String name,
      String formula,
      List<Parameter> parameters,
      Function<Arguments, Initializer> maker) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.add(Parameter.seed());
    return fixed(name, formula + "; PyTorch's numbers for the seed", all, maker);
  }

  private static Row fixed(
      String name,
      String formula,
      List<Parameter> parameters,
      Function<Arguments, Initializer> maker) {
    return new Row(
            "torch:" + name,
            List.of("pytorch:" + name),
            formula,
            "PyTorch, torch.nn.init." + name,
            parameters,
            maker)
        .in(Framework.TORCH.layout());
  }
}
