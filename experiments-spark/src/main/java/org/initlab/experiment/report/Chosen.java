package org.initlab.experiment.report;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.initlab.experiment.Study;

/**
 * Which number of a metric counts for a trial: the one after its last measured update, or after the
 * updates that are asked for. {@code steps_to_target} has one number whenever it is reached, and
 * {@code predicted/...} one before training.
 *
 * @param metrics metrics, each with all its parts
 * @param step after how many updates; empty for the last measured ones
 */
record Chosen(List<String> metrics, OptionalLong step) {

  /** SQL that is true of the metrics' rows. */
  String named() {
    return metrics.stream()
        .map(m -> "metric = '" + m + "' OR metric LIKE '" + m.replace("_", "\\\\_") + "/%'")
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  /** SQL for the step that counts in a trial, whose own steps are a column. */
  String last(Study study, String steps) {
    if (step.isPresent()) {
      return step.getAsLong() + "L";
    }
    String at = study.measure().at().stream().map(n -> n + "L").collect(Collectors.joining(", "));
    return "array_max(filter(array(" + at + "), n -> n <= " + steps + "))";
  }

  /** SQL that is true of a row that counts, beside the step that does. */
  static String counts(String last) {
    return "CASE WHEN metric LIKE 'steps\\\\_to\\\\_target/%' THEN true"
        + " WHEN metric LIKE 'predicted/%' THEN step = 0 ELSE step = "
        + last
        + " END";
  }
}
