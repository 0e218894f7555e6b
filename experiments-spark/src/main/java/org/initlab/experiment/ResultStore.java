package org.initlab.experiment;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/** Keeps results for good. What {@link #put} has returned from survives any kill. */
public interface ResultStore extends Serializable {

  /** The trials that need not be run again. */
  Set<TrialId> finished() throws IOException;

  /** Stores these results, all or none. */
  void put(List<TrialResult> results) throws IOException;

  /** The row of each stored trial, once each, a finished one before a failed one. */
  List<Row> rows() throws IOException;

  /** What a stored trial measured, in the order in which it was measured. */
  List<Measurement> measurements(TrialId id) throws IOException;

  /** A stored trial without its measurements; {@code outcome} is the word of its outcome. */
  record Row(TrialId id, String outcome, String error, double seconds) {}
}
