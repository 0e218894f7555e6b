package org.initlab.experiment;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Gets trials done somewhere, each result stored before it is announced. */
public interface Launcher {

  /**
   * Runs {@code trials}, longest first.
   *
   * @param announce called on the caller's thread for each trial whose result is stored
   * @throws IOException if results could not be stored; what was announced is safe
   */
  void launch(
      List<Trial> trials, TrialRunner runner, ResultStore store, Consumer<Announcement> announce)
      throws IOException;

  /** A stored result in brief: the id, the cell, the outcome's word, the error of a failed one. */
  record Announcement(TrialId id, String outcome, String error, double seconds)
      implements java.io.Serializable {}
}
