package org.initlab.experiment.grid;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.initlab.experiment.Argument;
import org.initlab.init.named.Nearest;

/** A few names of each kind, so that the tests of this room need no other. */
final class SmallKnown {

  static final Known KNOWN =
      new Known(
          Map.ofEntries(
              Map.entry(Argument.ARCHITECTURE, oneOf("architecture", "mlp", "residual_mlp")),
              Map.entry(Argument.DATASET, oneOf("dataset", "mnist", "shapeset-3x2")),
              Map.entry(Argument.SCHEME, schemes()),
              Map.entry(Argument.CALIBRATOR, oneOf("calibrator", "none", "lsuv")),
              Map.entry(Argument.ACTIVATION, oneOf("activation", "sigmoid", "tanh", "softsign")),
              Map.entry(Argument.OPTIMIZER, oneOf("optimizer", "sgd", "nesterov")),
              Map.entry(Argument.SCHEDULE, oneOf("schedule", "constant")),
              Map.entry(Argument.LOSS, oneOf("loss", "cross_entropy", "squared_error")),
              Map.entry(Argument.ENGINE, oneOf("engine", "auto", "dl4j", "fused")),
              Map.entry(Argument.PADDING, oneOf("padding", "same", "circular")),
              Map.entry(Argument.DOWNSAMPLING, oneOf("downsampling", "max_pool")),
              Map.entry(Argument.HEAD, oneOf("head", "flatten")),
              Map.entry(Argument.PRECISION, oneOf("precision", "float32", "float64"))),
          Set.of(
              "activation_moments",
              "gradient_moments",
              "loss",
              "error",
              "steps_to_target",
              "validation_loss",
              "validation_error"),
          cell ->
              cell.get("engine").equals("dl4j") && cell.get("optimizer").equals("sgd")
                  ? Optional.of("engine dl4j does not run sgd here. Allowed: auto.")
                  : Optional.empty());

  private SmallKnown() {}

  private static UnaryOperator<String> schemes() {
    UnaryOperator<String> plain =
        oneOf("scheme", "standard", "glorot_uniform", "he_normal", "orthogonal(gain=1.1, rows=2)");
    return name -> name.equals("xavier_uniform") ? "glorot_uniform" : plain.apply(name);
  }

  private static UnaryOperator<String> oneOf(String what, String... names) {
    List<String> allowed = List.of(names);
    return name -> {
      String plain = allowed.contains(name) ? name : name.replace('-', '_');
      if (!allowed.contains(plain)) {
        throw new IllegalArgumentException(
            "%s '%s' is not known. Allowed: %s.%s"
                .formatted(what, name, String.join(", ", allowed), Nearest.maybe(name, allowed)));
      }
      return plain;
    };
  }
}
