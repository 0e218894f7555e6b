package org.initlab.experiment.launch;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.initlab.experiment.Launcher.Announcement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;

/** What happens to a batch where it runs: each trial is run, stored, and only then announced. */
record BatchTask(TrialRunner runner, ResultStore store) implements Serializable {

  /** Results wait at most this long to be stored, so that a kill costs seconds. */
  private static final long HOLD_NANOS = 1_000_000_000L;

  /**
   * Runs a batch.
   *
   * @param again whether an earlier attempt may have stored some of it
   */
  void run(List<Trial> batch, boolean again, Consumer<Announcement> announce) throws IOException {
    Map<TrialId, ResultStore.Row> stored = new HashMap<>();
    if (again) {
      store.rows().forEach(row -> stored.put(row.id(), row));
    }
    List<Trial> todo = new ArrayList<>();
    for (Trial trial : batch) {
      ResultStore.Row row = stored.get(trial.id());
      if (row == null) {
        todo.add(trial);
      } else {
        announce.accept(new Announcement(trial.id(), row.outcome(), row.error(), row.seconds()));
      }
    }
    List<TrialResult> held = new ArrayList<>();
    AtomicLong since = new AtomicLong(System.nanoTime());
    try {
      runner.runAll(
          todo,
          result -> {
            held.add(result);
            if (System.nanoTime() - since.get() > HOLD_NANOS) {
              storeUnchecked(held, announce);
              since.set(System.nanoTime());
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    store(held, announce);
  }

  private void storeUnchecked(List<TrialResult> held, Consumer<Announcement> announce) {
    try {
      store(held, announce);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void store(List<TrialResult> held, Consumer<Announcement> announce) throws IOException {
    if (held.isEmpty()) {
      return;
    }
    store.put(held);
    for (TrialResult result : held) {
      String error = result.outcome() instanceof Outcome.Failed failed ? failed.error() : "";
      announce.accept(
          new Announcement(result.trial().id(), result.outcome().word(), error, result.seconds()));
    }
    held.clear();
  }
}
