package org.initlab.experiment.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;
import org.initlab.experiment.grid.Arguments.Value;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code fixed}, {@code axes} and {@code except} into a grid. */
final class GridReader {

  private final Arguments arguments;

  /** Of many cells that cannot be run, so many are told. */
  private static final int MOST_OBJECTIONS = 3;

  private final Function<Map<String, String>, Optional<String>> objection;
  private final Problems problems;

  GridReader(Known known, Problems problems) {
    this.objection = known.objection();
    this.arguments = new Arguments(known, problems);
    this.problems = problems;
  }

  /** The cells of a study, if they are sound. */
  Optional<Cells> read(Fields study) {
    int before = problems.count();
    Optional<Fields> fixedFields = fields("fixed", study);
    Optional<Fields> axisFields = fields("axes", study);
    Map<String, String> fixed = new TreeMap<>();
    fixedFields.ifPresent(f -> readFixed(f, fixed));
    List<Axis> axes = new ArrayList<>();
    axisFields.ifPresent(f -> readAxes(f, fixedFields, axes));
    for (Argument argument : Argument.values()) {
      boolean named =
          fixedFields.filter(f -> f.has(argument.key())).isPresent()
              || axisFields.filter(f -> f.has(argument.key())).isPresent();
      if (!named) {
        complete(argument, study, fixedFields, fixed);
      }
    }
    Map<Node, List<Map<String, String>>> except = readExcept(study);
    if (problems.count() > before) {
      return Optional.empty();
    }
    List<Map<String, String>> leftOut = except.values().stream().flatMap(List::stream).toList();
    Cells cells = new Cells(new Grid(fixed, axes, leftOut));
    return check(cells, except, axisFields.map(Fields::node).orElse(study.node()))
        ? Optional.of(cells)
        : Optional.empty();
  }

  private Optional<Fields> fields(String key, Fields study) {
    return study.get(key).flatMap(n -> Fields.of(key, n, Arguments.KEYS, problems));
  }

  private void readFixed(Fields fields, Map<String, String> fixed) {
    for (String name : fields.names()) {
      arguments
          .value(Argument.of(name).orElseThrow(), fields.get(name).orElseThrow())
          .ifPresent(v -> fixed.put(name, v));
    }
  }

  private void readAxes(Fields fields, Optional<Fields> fixed, List<Axis> axes) {
    for (String name : fields.names()) {
      Node node = fields.get(name).orElseThrow();
      Optional<Node> twin = fixed.flatMap(f -> f.get(name));
      if (twin.isPresent()) {
        problems.add(
            node,
            name
                + " is an axis and is fixed on line "
                + Problems.line(twin.get())
                + ". Keep one of the two.");
      }
      List<Value> values = arguments.values(Argument.of(name).orElseThrow(), node);
      checkDifferent(name, values);
      axes.add(new Axis(name, values.stream().map(Value::text).toList()));
    }
  }

  private void checkDifferent(String name, List<Value> values) {
    Map<String, Node> seen = new LinkedHashMap<>();
    for (Value value : values) {
      Node first = seen.putIfAbsent(value.text(), value.node());
      if (first != null) {
        problems.add(
            value.node(),
            "duplicate cell: "
                + name
                + " "
                + Scalars.describe(value.node())
                + " on line "
                + Problems.line(value.node())
                + " is the same as "
                + Scalars.describe(first)
                + " on line "
                + Problems.line(first)
                + ": both are "
                + value.text()
                + ". Keep one.");
      }
    }
  }

  private void complete(
      Argument argument, Fields study, Optional<Fields> fields, Map<String, String> fixed) {
    Node node = fields.map(Fields::node).orElse(study.node());
    if (argument.standard().isEmpty()) {
      problems.add(
          node,
          argument.key()
              + " is missing ("
              + argument.says()
              + "). Write it under fixed or under axes.");
    }
    arguments.standard(argument, node).ifPresent(v -> fixed.put(argument.key(), v));
  }

  private Map<Node, List<Map<String, String>>> readExcept(Fields study) {
    Map<Node, List<Map<String, String>>> except = new LinkedHashMap<>();
    for (Node node : study.list("except")) {
      Optional<Fields> fields = Fields.of("except", node, Arguments.KEYS, problems);
      if (fields.isPresent() && fields.get().names().isEmpty()) {
        problems.add(node, "except leaves out every cell: {} agrees with all. Name an argument.");
      }
      except.put(node, fields.map(this::leftOut).orElse(List.of()));
    }
    return except;
  }

  /** The partial cells of one entry: an argument with a list of values stands for each of them. */
  private List<Map<String, String>> leftOut(Fields fields) {
    List<Map<String, String>> cells = List.of(Map.of());
    for (String name : fields.names()) {
      Argument argument = Argument.of(name).orElseThrow();
      Node node = fields.get(name).orElseThrow();
      List<String> values =
          node instanceof SequenceNode
              ? arguments.values(argument, node).stream().map(Value::text).toList()
              : arguments.value(argument, node).stream().toList();
      cells =
          cells.stream()
              .flatMap(cell -> values.stream().map(value -> with(cell, name, value)))
              .toList();
    }
    return cells;
  }

  private static Map<String, String> with(Map<String, String> cell, String name, String value) {
    Map<String, String> more = new TreeMap<>(cell);
    more.put(name, value);
    return more;
  }

  private boolean check(Cells cells, Map<Node, List<Map<String, String>>> except, Node at) {
    int before = problems.count();
    if (cells.product() > Cells.MOST) {
      problems.add(
          at,
          "the axes make more than "
              + Cells.MOST
              + " cells. Allowed: at most "
              + Cells.MOST
              + ". Shorten an axis.");
      return false;
    }
    except.forEach(
        (node, leftOut) ->
            leftOut.stream()
                .flatMap(cell -> cell.entrySet().stream())
                .distinct()
                .filter(e -> !cells.values(e.getKey()).contains(e.getValue()))
                .forEach(e -> problems.add(node, matchesNone(e.getKey(), e.getValue(), cells))));
    if (problems.count() == before && cells.leastSteps().isEmpty()) {
      problems.add(at, "no cells are left: except leaves out all of them. Shorten except.");
    }
    if (problems.count() == before) {
      cells.grid().cells().stream()
          .map(objection)
          .flatMap(Optional::stream)
          .distinct()
          .limit(MOST_OBJECTIONS)
          .forEach(says -> problems.add(at, says));
    }
    return problems.count() == before;
  }

  private static String matchesNone(String name, String value, Cells cells) {
    return "except matches no cell: no cell has "
        + name
        + " "
        + value
        + ". Allowed: "
        + brief(cells.values(name))
        + ".";
  }

  private static String brief(List<String> values) {
    return values.size() <= 12
        ? String.join(", ", values)
        : String.join(", ", values.subList(0, 12)) + ", ...";
  }
}
