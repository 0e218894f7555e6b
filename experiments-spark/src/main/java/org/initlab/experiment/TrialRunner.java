package org.initlab.experiment;

import java.io.Serializable;

/** Runs one trial to its end. It never throws for what happens in a trial: that is an outcome. */
@FunctionalInterface
public interface TrialRunner extends Serializable {

  TrialResult run(Trial trial);
}
