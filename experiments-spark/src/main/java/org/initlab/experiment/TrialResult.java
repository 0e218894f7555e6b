package org.initlab.experiment;

import java.io.Serializable;
import java.util.List;

/**
 * A trial with what came of it.
 *
 * @param trial what was asked
 * @param outcome how it ended
 * @param seconds time that it took, for information only
 * @param measurements what it measured, up to its end
 */
public record TrialResult(
    Trial trial, Outcome outcome, double seconds, List<Measurement> measurements)
    implements Serializable {

  public TrialResult {
    measurements = List.copyOf(measurements);
  }
}
