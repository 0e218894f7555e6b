package org.initlab.experiment.launch;

import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.initlab.experiment.Trial;

/**
 * What batches are made by; no result depends on it.
 *
 * @param seconds how long a trial is expected to take
 * @param together how many trials of its kind are at most to be computed side by side, on a GPU; 1
 *     where trials are computed one after another
 */
public record Effort(ToDoubleFunction<Trial> seconds, ToIntFunction<Trial> together) {

  /** Of trials that are computed one after another. */
  public static Effort alone(ToDoubleFunction<Trial> seconds) {
    return new Effort(seconds, trial -> 1);
  }
}
