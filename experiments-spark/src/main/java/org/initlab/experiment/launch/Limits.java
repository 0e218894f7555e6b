package org.initlab.experiment.launch;

import java.io.Serializable;
import java.time.Duration;

/**
 * How much is borne with a trial.
 *
 * @param deaths processes of its own that it may end, before it is a failed one
 * @param time that it may take; zero for as long as it likes
 */
public record Limits(int deaths, Duration time) implements Serializable {

  /** Two deaths, and no limit of time. */
  public static final Limits STANDARD = new Limits(2, Duration.ZERO);

  public Limits {
    if (deaths < 1 || time.isNegative()) {
      throw new IllegalArgumentException("deaths " + deaths + " is below 1, or time is negative");
    }
  }

  /** The same with a limit of time. */
  public Limits within(Duration longest) {
    return new Limits(deaths, longest);
  }

  boolean timed() {
    return !time.isZero();
  }
}
