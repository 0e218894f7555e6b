package org.initlab.experiment.trial;

import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;

/** Trains networks. All engines give the same numbers, but for rounding. */
public interface Engine {

  /** The name in studies. */
  String name();

  /** What computes in it, with versions. */
  String says();

  /** Whether it has what this trial needs. */
  boolean runs(Trial trial);

  /**
   * Trains for the trial's steps. It shows the recorder the weights when {@link Recorder#due} says
   * so, before the first update too, and each update's loss. An update whose loss is NaN or
   * infinite is the last.
   */
  Outcome train(Setup setup, Recorder recorder);
}
