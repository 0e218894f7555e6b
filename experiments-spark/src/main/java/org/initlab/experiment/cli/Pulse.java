package org.initlab.experiment.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;

/**
 * Writes a driver's {@link Heartbeat} into the run folder while trials run, and describes new
 * shards in the manifest. Neither is needed by the run, so a failure of either is only logged.
 */
final class Pulse implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Pulse.class.getName());

  private final ParquetStore store;
  private final RunFolder run;
  private final Progress progress;
  private final int slots;
  private final Instant started = Instant.now();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "pulse");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * The pulse of a run that has not begun.
   *
   * @param slots trials that can run at one time
   */
  Pulse(ParquetStore store, Progress progress, int slots) {
    this.store = store;
    this.run = store.folder();
    this.progress = progress;
    this.slots = slots;
  }

  void begin() {
    clock.scheduleWithFixedDelay(this::beat, 0, Heartbeat.PERIOD.toSeconds(), TimeUnit.SECONDS);
  }

  private void beat() {
    try {
      tell();
      store.describe();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "The run goes on without telling how.", e);
    }
  }

  private void tell() throws IOException {
    Progress.Told told = progress.told();
    String state = told.done() >= told.todo() ? Heartbeat.DONE : Heartbeat.RUNNING;
    new Heartbeat(
            state,
            ParquetStore.host(),
            started,
            Instant.now(),
            told.todo(),
            told.done(),
            slots,
            told.secondsLeft())
        .write(run);
  }

  /** Tells a last time. */
  @Override
  public void close() {
    clock.shutdownNow();
    try {
      if (clock.awaitTermination(10, TimeUnit.SECONDS)) {
        tell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "The run ends without telling so.", e);
    }
  }
}
