package org.initlab.experiment.launch;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends this JVM when no result has come for as long as a trial may take. No thread in a native loop
 * can be stopped otherwise; Spark replaces the executor and gives its batches to {@link
 * OwnProcess}, which tells the trial that hangs from those that only waited.
 */
final class Patience implements AutoCloseable {

  /** What a process that ran out of patience ends with. */
  static final int EXIT = 75;

  private final Limits limits;
  private final ScheduledExecutorService clock;
  private ScheduledFuture<?> end;

  private Patience(Limits limits) {
    this.limits = limits;
    this.clock =
        limits.timed()
            ? Executors.newSingleThreadScheduledExecutor(
                work -> {
                  Thread thread = new Thread(work, "patience");
                  thread.setDaemon(true);
                  return thread;
                })
            : null;
    begin();
  }

  static Patience of(Limits limits) {
    return new Patience(limits);
  }

  /** Takes a result, for which the clock stands still, and begins anew. */
  void during(Runnable taking) {
    if (end != null) {
      end.cancel(false);
    }
    taking.run();
    begin();
  }

  private void begin() {
    if (clock != null) {
      end =
          clock.schedule(
              () -> Runtime.getRuntime().halt(EXIT),
              limits.time().toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    if (clock != null) {
      clock.shutdownNow();
    }
  }
}
