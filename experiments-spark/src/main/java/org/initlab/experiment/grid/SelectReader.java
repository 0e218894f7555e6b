package org.initlab.experiment.grid;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Select;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads {@code select}: which axes are chosen for each cell of the others, and by what. */
final class SelectReader {

  private static final List<String> KEYS = List.of("axis", "by");

  /** Arguments that say on what the metric is measured, or when: there it cannot be compared. */
  private static final Set<Argument> INCOMPARABLE =
      EnumSet.of(
          Argument.DATASET,
          Argument.STEPS,
          Argument.TEST_EXAMPLES,
          Argument.PROBE_EXAMPLES,
          Argument.VALIDATION_EXAMPLES);

  private final Problems problems;

  SelectReader(Problems problems) {
    this.problems = problems;
  }

  /** What a study chooses; what it is chosen from is checked where cells and measure are sound. */
  Optional<Select> read(Fields study, Optional<Cells> cells, Optional<Measure> measure) {
    return study
        .get("select")
        .flatMap(n -> Fields.of("select", n, KEYS, problems))
        .map(f -> select(f, cells, measure));
  }

  private Select select(Fields fields, Optional<Cells> cells, Optional<Measure> measure) {
    String by = by(fields);
    Map<String, Node> axes = axes(fields);
    cells.ifPresent(c -> axes.forEach((name, node) -> checkAxis(name, node, by, c)));
    if (cells.isPresent() && measure.isPresent()) {
      checkMeasured(fields.get("by").orElse(fields.node()), by, cells.get(), measure.get());
    }
    return new Select(List.copyOf(axes.keySet()), by);
  }

  private String by(Fields fields) {
    String standard = Select.METRICS.get(0);
    Optional<String> by = fields.text("by").map(Fields::plain);
    if (by.isPresent() && !Select.METRICS.contains(by.get())) {
      problems.unknown(fields.get("by").orElseThrow(), "by of select", by.get(), Select.METRICS);
      return standard;
    }
    return by.orElse(standard);
  }

  private Map<String, Node> axes(Fields fields) {
    Map<String, Node> axes = new LinkedHashMap<>();
    Optional<Node> written = fields.require("axis", "learning_rate");
    for (Node item : items(written, fields)) {
      Optional<String> name = Scalars.text("axis", item, problems).map(Fields::plain);
      if (name.isPresent() && axes.putIfAbsent(name.get(), item) != null) {
        problems.add(item, "axis " + name.get() + " of select is given twice. Keep one.");
      }
    }
    if (written.isPresent() && written.get() instanceof SequenceNode && axes.isEmpty()) {
      problems.add(written.get(), "axis of select is empty. Write axis: learning_rate.");
    }
    return axes;
  }

  private static List<Node> items(Optional<Node> written, Fields fields) {
    if (written.isEmpty()) {
      return List.of();
    }
    return written.get() instanceof SequenceNode ? fields.list("axis") : List.of(written.get());
  }

  private void checkAxis(String name, Node node, String by, Cells cells) {
    List<String> several = new ArrayList<>();
    for (Axis axis : cells.grid().axes()) {
      if (!incomparable(axis.name(), by) && axis.values().size() > 1) {
        several.add(axis.name());
      }
    }
    if (several.contains(name)) {
      return;
    }
    String allowed = several.isEmpty() ? "" : " Allowed: " + String.join(", ", several) + ".";
    boolean isAxis = cells.grid().axes().stream().anyMatch(a -> a.name().equals(name));
    if (Argument.of(name).isEmpty()) {
      problems.unknown(node, "axis of select", name, several.isEmpty() ? Arguments.KEYS : several);
    } else if (isAxis && cells.values(name).size() == 1) {
      problems.add(
          node,
          "axis "
              + name
              + " of select has one value, "
              + cells.values(name).get(0)
              + ": there is nothing to choose from. Write more under axes, or leave select out.");
    } else if (isAxis) {
      problems.add(
          node,
          "axis "
              + name
              + " of select cannot be chosen by "
              + by
              + ", which is not comparable between its values."
              + allowed);
    } else {
      problems.add(
          node,
          "axis " + name + " of select is fixed. Write several values of it under axes." + allowed);
    }
  }

  /** Losses of two kinds have no common unit; of errors the unit is always the same. */
  private static boolean incomparable(String name, String by) {
    return Argument.of(name)
        .filter(a -> INCOMPARABLE.contains(a) || a == Argument.LOSS && by.endsWith("loss"))
        .isPresent();
  }

  private void checkMeasured(Node at, String by, Cells cells, Measure measure) {
    if (!measure.metrics().contains(by)) {
      boolean none = cells.values(Argument.VALIDATION_EXAMPLES.key()).contains("0");
      problems.add(
          at,
          "select is by "
              + by
              + ", which is not measured. Add it to the metrics"
              + (none ? ", and validation_examples: 1000, say, to what is fixed." : "."));
    }
    if (measure.at().isEmpty() || measure.at().get(measure.at().size() - 1) == 0) {
      problems.add(
          at,
          "select needs a measurement after an update, and the last one is before the first."
              + " Add a step to at under measure.");
    }
  }
}
