package org.initlab.experiment.launch;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.initlab.device.ProcessBackend;
import org.initlab.experiment.Launcher.Announcement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;

/**
 * What happens to a batch where it runs: each trial is run, stored, and only then announced.
 *
 * <p>A batch that is run again may hold the trial that ended its first executor. Its trials then
 * run in a process of their own, so that one trial can end one executor only.
 *
 * <p>With a limit of time a batch of trials that a GPU computes side by side has it for all of them
 * together.
 */
record BatchTask(TrialRunner runner, ResultStore store, Limits limits) implements Serializable {

  /** Results wait at most this long to be stored, so that a kill costs seconds. */
  private static final long HOLD_NANOS = 1_000_000_000L;

  /**
   * Runs a batch.
   *
   * @param again whether an earlier attempt may have stored some of it
   */
  void run(List<Trial> batch, boolean again, Consumer<Announcement> announce) throws IOException {
    Optional<String> refusal = ProcessBackend.refusal();
    if (refusal.isPresent()) { // an executor that came after all were asked
      throw new IOException(refusal.get());
    }
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
    Consumer<TrialResult> done =
        result -> {
          held.add(result);
          if (System.nanoTime() - since.get() > HOLD_NANOS) {
            storeUnchecked(held, announce);
            since.set(System.nanoTime());
          }
        };
    try {
      if (again) {
        new OwnProcess(runner, limits).run(todo, gpu(), done);
      } else {
        try (Patience patience = Patience.of(limits)) {
          runner.runAll(todo, result -> patience.during(() -> done.accept(result)));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    store(held, announce);
  }

  /** Where trials of a batch are computed side by side. */
  private static boolean gpu() {
    return !ProcessBackend.code().isEmpty();
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
