package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;

/**
 * What figures call the cells of a grid, as SQL: the values of its axes, each with its name unless
 * it says by itself what it is; schemes and calibrators in few words, where few tell them apart.
 */
record Naming(Grid grid) {

  /** Axes whose values need no name beside them. */
  private static final Set<String> PLAIN =
      Set.of("scheme", "calibrator", "activation", "architecture", "dataset", "optimizer", "loss");

  /** The axes of several values, in the study's order. */
  List<String> varying() {
    return grid.axes().stream().filter(a -> a.values().size() > 1).map(Axis::name).toList();
  }

  /** Of these axes those of several values; where there is none, another. */
  String of(List<String> axes, String otherwise) {
    List<String> telling = new ArrayList<>(axes);
    telling.retainAll(varying());
    if (telling.isEmpty()) {
      telling.add(otherwise);
    }
    return "concat_ws(', ', "
        + telling.stream().map(this::value).collect(Collectors.joining(", "))
        + ")";
  }

  /** The value of an axis. */
  String value(String axis) {
    if (!PLAIN.contains(axis)) {
      return "concat('" + axis.replace('_', ' ') + " ', " + axis + ")";
    }
    StringBuilder cases = new StringBuilder();
    labels(axis)
        .forEach(
            (value, label) -> {
              if (!label.equals(value)) {
                cases.append(" WHEN ").append(quoted(value));
                cases.append(" THEN ").append(quoted(label));
              }
            });
    return cases.isEmpty() ? axis : "CASE " + axis + cases + " ELSE " + axis + " END";
  }

  private Map<String, String> labels(String name) {
    List<String> values =
        grid.axes().stream()
            .filter(axis -> axis.name().equals(name))
            .findFirst()
            .map(Axis::values)
            .orElse(List.of());
    return name.equals(Argument.SCHEME.key())
        ? SchemeLabels.of(values)
        : name.equals(Argument.CALIBRATOR.key()) ? calibrators(values) : Map.of();
  }

  /** Of calibrators the rule alone, where each has its own. */
  private static Map<String, String> calibrators(List<String> values) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String value : values) {
      labels.put(value, value.equals("none") ? "not calibrated" : value.replaceFirst("\\(.*", ""));
    }
    return Set.copyOf(labels.values()).size() == values.size() ? labels : Map.of();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
