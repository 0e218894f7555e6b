package org.initlab.experiment.bench;

import java.util.List;
import java.util.Optional;

/**
 * The times of all engines that run a workload.
 *
 * @param workload what was timed
 * @param rows an engine each, the fastest by the table of engines first
 */
public record Comparison(Workload workload, List<Row> rows) {

  /**
   * The time of one engine.
   *
   * @param engine its name
   * @param withData an update as a trial runs it, with the images of mnist-6k
   * @param withoutData the same on one batch that stays where it is
   */
  public record Row(String engine, Timing withData, Timing withoutData) {}

  public Comparison {
    rows = List.copyOf(rows);
  }

  /** How many times as long the other engine takes as this one; empty if it was not timed. */
  public Optional<Double> against(String other, Row row) {
    return rows.stream()
        .filter(r -> r.engine().equals(other))
        .map(r -> r.withData().median() / row.withData().median())
        .findFirst();
  }
}
