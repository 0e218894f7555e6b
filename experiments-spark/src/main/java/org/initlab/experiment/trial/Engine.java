package org.initlab.experiment.trial;

import java.util.List;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;

/** Trains networks. All engines give the same numbers, but for rounding. */
public interface Engine {

  /** The name in studies. */
  String name();

  /** What computes in it, with versions. */
  String says();

  /** In which it computes. */
  default Precision precision() {
    return Precision.FLOAT32;
  }

  /** Whether it has what this trial needs; its precision is looked at apart. */
  boolean runs(Trial trial);

  /**
   * How many trials of one shape, activation, loss and optimizer are best handed to it at once: 1
   * where it trains one after another.
   */
  default int together(Trial trial) {
    return 1;
  }

  /**
   * Trains for the trial's steps. It shows the recorder the weights when {@link Recorder#due} says
   * so, before the first update too, and each update's loss. An update whose loss is NaN or
   * infinite is the last.
   */
  Outcome train(Setup setup, Recorder recorder);

  /**
   * Trains many trials, one after another unless the engine knows better, and tells each one's end
   * when it has come. What a trial throws is that trial's failure, and the others run on; what
   * {@code ends} throws stops them all.
   */
  default void trainAll(List<Work> works, Work.Ends ends) {
    for (Work work : works) {
      long start = System.nanoTime();
      Outcome outcome;
      try {
        outcome = train(work.setup(), work.recorder());
      } catch (Throwable e) { // An out-of-memory or link error is a result of this trial, too.
        outcome = Outcome.Failed.of(e);
      }
      ends.ended(work, outcome, (System.nanoTime() - start) / 1e9);
    }
  }
}
