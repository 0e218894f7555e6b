package org.initlab.experiment;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/** Runs one trial to its end. It never throws for what happens in a trial: that is an outcome. */
@FunctionalInterface
public interface TrialRunner extends Serializable {

  TrialResult run(Trial trial);

  /**
   * Runs trials of one shape, one after another unless the runner knows better, and hands over each
   * result when it is there, in any order. What {@code done} throws stops it.
   */
  default void runAll(List<Trial> trials, Consumer<TrialResult> done) {
    trials.forEach(trial -> done.accept(run(trial)));
  }
}
