package org.initlab.experiment.grid;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Argument.Kind;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads values of arguments into canonical text, so that equal values have equal text. */
final class Arguments {

  /** The names of all arguments. */
  static final List<String> KEYS = Arrays.stream(Argument.values()).map(Argument::key).toList();

  private static final Bound COUNT =
      new Bound("whole numbers from 1 to 2147483647.", v -> v >= 1 && v <= Integer.MAX_VALUE);

  private static final Bound FROM_0 =
      new Bound("whole numbers from 0 to 2147483647.", v -> v >= 0 && v <= Integer.MAX_VALUE);

  private static final Map<Argument, Bound> BOUNDS =
      Map.ofEntries(
          Map.entry(Argument.DEPTH, COUNT),
          Map.entry(Argument.WIDTH, COUNT),
          Map.entry(Argument.KERNEL, COUNT),
          Map.entry(Argument.HALVINGS, FROM_0),
          Map.entry(Argument.GROWTH, COUNT),
          Map.entry(Argument.HEAD_UNITS, FROM_0),
          Map.entry(Argument.BATCH, COUNT),
          Map.entry(Argument.TEST_EXAMPLES, COUNT),
          Map.entry(Argument.PROBE_EXAMPLES, COUNT),
          Map.entry(Argument.VALIDATION_EXAMPLES, FROM_0),
          Map.entry(Argument.STEPS, FROM_0),
          Map.entry(Argument.WARMUP, FROM_0),
          Map.entry(
              Argument.WEIGHT_DECAY,
              new Bound("finite numbers from 0.", v -> v >= 0 && Double.isFinite(v))),
          Map.entry(
              Argument.LEARNING_RATE,
              new Bound("finite numbers above 0.", v -> v > 0 && Double.isFinite(v))),
          Map.entry(
              Argument.MOMENTUM, new Bound("numbers from 0 to below 1.", v -> v >= 0 && v < 1)));

  private record Bound(String says, DoublePredicate holds) {}

  /** A value and the node that it comes from. */
  record Value(String text, Node node) {}

  private final Known known;
  private final Problems problems;

  Arguments(Known known, Problems problems) {
    this.known = known;
    this.problems = problems;
  }

  /** The canonical text of one value. */
  Optional<String> value(Argument argument, Node node) {
    if (argument.kind() == Kind.TEXT) {
      return text(argument, node);
    }
    String allowed = BOUNDS.get(argument).says();
    return (argument.kind() == Kind.INTEGER
            ? Scalars.whole(argument.key(), node, allowed, problems)
            : Scalars.number(argument.key(), node, allowed, problems))
        .flatMap(v -> within(argument, v, node));
  }

  /** The canonical texts of an axis. */
  List<Value> values(Argument argument, Node node) {
    if (argument.kind() != Kind.TEXT) {
      boolean whole = argument.kind() == Kind.INTEGER;
      return new Spread(argument.key(), whole, BOUNDS.get(argument).says(), problems)
          .items(node).stream()
              .flatMap(i -> valueAt(within(argument, i.number(), i.node()), i.node()))
              .toList();
    }
    if (!(node instanceof SequenceNode list)) {
      problems.add(
          node,
          argument.key()
              + " is "
              + Scalars.describe(node)
              + ", and a list is wanted. Write ["
              + (node instanceof ScalarNode s ? s.getValue() : "...")
              + "].");
      return List.of();
    }
    if (list.getValue().isEmpty()) {
      problems.add(node, argument.key() + " is an empty list. Write at least one value.");
    }
    return list.getValue().stream().flatMap(n -> valueAt(text(argument, n), n)).toList();
  }

  private static Stream<Value> valueAt(Optional<String> text, Node node) {
    return text.map(t -> new Value(t, node)).stream();
  }

  /** The value of a study that does not name the argument, in canonical text. */
  Optional<String> standard(Argument argument, Node node) {
    return argument
        .standard()
        .flatMap(s -> argument.kind() == Kind.TEXT ? canonical(argument, s, node) : Optional.of(s));
  }

  private Optional<String> text(Argument argument, Node node) {
    return Scalars.text(argument.key(), node, problems).flatMap(t -> canonical(argument, t, node));
  }

  private Optional<String> canonical(Argument argument, String text, Node node) {
    try {
      return Optional.of(known.canonical().get(argument).apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(node, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<String> within(Argument argument, BigDecimal number, Node node) {
    Bound bound = BOUNDS.get(argument);
    if (!bound.holds().test(number.doubleValue())) {
      problems.add(
          node, argument.key() + " " + number + " is out of range. Allowed: " + bound.says());
      return Optional.empty();
    }
    return Optional.of(
        argument.kind() == Kind.INTEGER
            ? number.toBigInteger().toString()
            : Double.toString(number.doubleValue()));
  }
}
