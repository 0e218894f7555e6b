package org.initlab.experiment.cli;

import java.util.List;
import org.initlab.experiment.metric.Metrics;
import org.initlab.init.named.Nearest;

/** The names of metrics on a command line. */
final class MetricNames {

  private static final String NAME = "\\w+(/\\w+)*";

  private MetricNames() {}

  /** These names, once each; refused if one cannot be a metric's, such as one with a quote. */
  static List<String> of(List<String> said) throws CommandException {
    List<String> names = said.stream().map(String::strip).distinct().toList();
    for (String name : names) {
      if (!name.matches(NAME)) {
        throw new CommandException(
            Exit.USAGE, "initlab: " + Nearest.unknown("metric", name, Metrics.names()));
      }
    }
    return names;
  }
}
