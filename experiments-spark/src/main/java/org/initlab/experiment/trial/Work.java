package org.initlab.experiment.trial;

import org.initlab.experiment.Outcome;

/**
 * A trial to be trained, and who listens to it.
 *
 * @param setup what is trained
 * @param recorder for this trial alone
 */
public record Work(Setup setup, Recorder recorder) {

  /** Hears how each of many trials ends. */
  @FunctionalInterface
  public interface Ends {

    /**
     * A trial has ended.
     *
     * @param seconds its own time, or its share of the time that it had with others
     */
    void ended(Work work, Outcome outcome, double seconds);
  }
}
