package org.initlab.experiment.report;

import java.util.List;

/**
 * A report in brief.
 *
 * @param counts how the trials went
 * @param verdicts a verdict a claim, in the study's order
 * @param figures figures drawn, and those that had no data or an error
 */
public record Summary(Counts counts, List<Verdict> verdicts, Figures figures) {

  public Summary {
    verdicts = List.copyOf(verdicts);
  }

  /**
   * Trials by outcome.
   *
   * @param planned trials of the study
   * @param completed of those planned
   * @param diverged of those planned
   * @param failed of those planned
   * @param beyond stored in the run folder but not planned by this study
   */
  public record Counts(long planned, long completed, long diverged, long failed, long beyond) {

    /** Planned trials without a result. */
    public long missing() {
      return planned - completed - diverged - failed;
    }
  }

  /** Figures by how they came out. */
  public record Figures(long drawn, long empty, long wrong) {}
}
