package org.initlab.experiment.grid;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code measure}: what, when, and the thresholds of steps_to_target. */
final class MeasureReader {

  private static final List<String> KEYS = List.of("metrics", "at", "target");
  private static final String STEPS_TO_TARGET = "steps_to_target";
  private static final List<String> TARGETS = List.of("loss", "error");

  /** Measurements after the first update where a study does not say when. */
  private static final int STANDARD_POINTS = 13;

  private final Known known;
  private final Problems problems;

  MeasureReader(Known known, Problems problems) {
    this.known = known;
    this.problems = problems;
  }

  /** The measure of a study; its steps are checked only where the cells are sound. */
  Optional<Measure> read(Fields study, Optional<Cells> cells) {
    return study
        .require("measure", "{metrics: [loss, error]}")
        .flatMap(n -> Fields.of("measure", n, KEYS, problems))
        .map(f -> new Measure(metrics(f), at(f, cells), targets(f)))
        .map(m -> targetsAreMeasured(m, study))
        .map(m -> metricsSuit(m, study, cells));
  }

  /** Says each metric that has no meaning in some cell. */
  private Measure metricsSuit(Measure measure, Fields study, Optional<Cells> cells) {
    for (String metric : measure.metrics()) {
      cells.stream()
          .flatMap(c -> c.grid().cells().stream())
          .flatMap(cell -> known.metricObjection().apply(metric, cell).stream())
          .findFirst()
          .ifPresent(says -> problems.add(study.get("measure").orElseThrow(), says));
    }
    return measure;
  }

  private Measure targetsAreMeasured(Measure measure, Fields study) {
    if (!measure.targets().isEmpty() && !measure.metrics().contains(STEPS_TO_TARGET)) {
      problems.add(
          study.get("measure").orElseThrow(),
          "measure has a target, and "
              + STEPS_TO_TARGET
              + " is not among its metrics. Add it, or leave the target out.");
    }
    return measure;
  }

  private List<String> metrics(Fields fields) {
    fields.require("metrics", "[loss, error]");
    Set<String> allowed = new TreeSet<>(known.metrics());
    Set<String> metrics = new LinkedHashSet<>();
    List<Node> items = fields.list("metrics");
    for (Node item : items) {
      Optional<String> text = Scalars.text("metric", item, problems).map(Fields::plain);
      if (text.isPresent() && !allowed.contains(text.get())) {
        problems.unknown(item, "metric", text.get(), allowed);
      } else if (text.isPresent() && !metrics.add(text.get())) {
        problems.add(item, "metric " + text.get() + " is given twice. Keep one.");
      }
    }
    if (items.isEmpty() && fields.get("metrics").isPresent()) {
      problems.add(
          fields.get("metrics").get(),
          "metrics is empty. Write at least one of: " + String.join(", ", allowed) + ".");
    }
    return List.copyOf(metrics);
  }

  private List<Long> at(Fields fields, Optional<Cells> cells) {
    Optional<Node> node = fields.get("at");
    if (node.isPresent()) {
      return written(node.get(), cells);
    }
    if (cells.isEmpty() || fields.has("at")) {
      return List.of();
    }
    long steps = cells.get().leastSteps().orElse(0);
    if (cells.get().values(Argument.STEPS.key()).size() > 1) {
      problems.add(
          fields.node(),
          "steps is an axis, so say when to measure. Write at: [...] within 0 to " + steps + ".");
    }
    return standard(steps);
  }

  /** Before the first update, and at logarithmic distances up to the last. */
  static List<Long> standard(long steps) {
    List<Long> at = new ArrayList<>(List.of(0L));
    if (steps == 1) {
      at.add(1L);
    } else if (steps > 1) {
      Spread.between(true, BigDecimal.ONE, BigDecimal.valueOf(steps), STANDARD_POINTS, true)
          .forEach(v -> at.add(v.longValueExact()));
    }
    return at;
  }

  private List<Long> written(Node node, Optional<Cells> cells) {
    long most = cells.isEmpty() ? Integer.MAX_VALUE : cells.get().leastSteps().orElse(0);
    String allowed =
        "whole numbers from 0 to " + most + (cells.isEmpty() ? "." : ", the steps of every cell.");
    List<Long> at = new ArrayList<>();
    for (Spread.Item item : new Spread("at", true, allowed, problems).items(node)) {
      BigDecimal step = item.number();
      if (step.signum() < 0 || step.compareTo(BigDecimal.valueOf(most)) > 0) {
        problems.add(item.node(), "at " + step + " is out of range. Allowed: " + allowed);
        return at;
      }
      long next = step.longValueExact();
      if (!at.isEmpty() && next <= at.get(at.size() - 1)) {
        problems.add(
            item.node(),
            "at "
                + next
                + " comes after "
                + at.get(at.size() - 1)
                + ". Write the steps in ascending order, once each.");
        return at;
      }
      at.add(next);
    }
    return at;
  }

  private Map<String, Double> targets(Fields fields) {
    Map<String, Double> targets = new LinkedHashMap<>();
    Optional<Fields> written =
        fields.get("target").flatMap(n -> Fields.of("target", n, TARGETS, problems));
    for (String name : written.map(Fields::names).orElse(List.of())) {
      Node node = written.get().get(name).orElseThrow();
      String allowed = name.equals("error") ? "numbers from 0 to 1." : "numbers of at least 0.";
      Optional<BigDecimal> value = Scalars.number("target " + name, node, allowed, problems);
      if (value.isPresent()
          && (value.get().signum() < 0
              || name.equals("error") && value.get().compareTo(BigDecimal.ONE) > 0)) {
        problems.add(
            node, "target " + name + " " + value.get() + " is out of range. Allowed: " + allowed);
      }
      value.ifPresent(v -> targets.put(name, v.doubleValue()));
    }
    return new TreeMap<>(targets);
  }
}
