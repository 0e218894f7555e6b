package org.initlab.experiment;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a study measures, and when.
 *
 * @param metrics names of rows of the metric table
 * @param at steps after which to measure, ascending; 0 is before the first update
 * @param targets thresholds for {@code steps_to_target}, by the metric they bound (loss, error)
 */
public record Measure(List<String> metrics, List<Long> at, Map<String, Double> targets)
    implements Serializable {

  public Measure {
    metrics = List.copyOf(metrics);
    at = List.copyOf(at);
    targets = Map.copyOf(targets);
  }

  /** One line that is equal for equal measures. */
  public String canonical() {
    return metrics.stream().sorted().toList() + " at " + at + " until " + new TreeMap<>(targets);
  }
}
