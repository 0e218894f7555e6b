package org.initlab.experiment.launch;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.initlab.experiment.Launcher;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialRunner;

/**
 * Runs trials one after another in the caller's thread.
 *
 * @param seconds how long a trial is expected to take
 */
public record LocalLauncher(ToDoubleFunction<Trial> seconds) implements Launcher {

  @Override
  public void launch(
      List<Trial> trials, TrialRunner runner, ResultStore store, Consumer<Announcement> announce)
      throws IOException {
    BatchTask task = new BatchTask(runner, store, Limits.STANDARD);
    for (List<Trial> batch : Batches.of(trials, seconds)) {
      task.run(batch, false, announce);
    }
  }
}
