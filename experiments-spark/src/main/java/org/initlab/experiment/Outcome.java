package org.initlab.experiment;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;

/** How a trial ended. Divergence is a result; only {@link Failed} is an error. */
public sealed interface Outcome extends Serializable {

  /** The word in the table of trials. */
  String word();

  /** Whether the trial need not be run again. */
  default boolean finished() {
    return true;
  }

  /** All steps were done. */
  record Completed() implements Outcome {
    @Override
    public String word() {
      return "completed";
    }
  }

  /** The training loss was NaN or infinite at {@code step}. */
  record Diverged(long step) implements Outcome {
    @Override
    public String word() {
      return "diverged";
    }
  }

  /** The trial threw; {@code error} is its stack trace. */
  record Failed(String error) implements Outcome {

    /** The failure that this throwable is. */
    public static Failed of(Throwable e) {
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text, true));
      return new Failed(text.toString());
    }

    @Override
    public String word() {
      return "failed";
    }

    @Override
    public boolean finished() {
      return false;
    }
  }
}
