package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab status}. */
@Command(
    name = "status",
    description = "Counts a run's trials: planned, completed, diverged, failed, to run.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: initlab status runs/quickstart-1a2b3c4d"})
final class StatusCommand implements Callable<Integer> {

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  private Path run;

  @Option(names = "--trials", description = "Also list every trial with its id, outcome and cell.")
  private boolean list;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    Study study = Runs.open(run);
    Map<TrialId, Row> rows = new HashMap<>();
    RunFolder.of(run).store().rows().forEach(r -> rows.put(r.id(), r));
    Map<String, Integer> counts = new HashMap<>();
    List<Trial> trials = study.trials();
    for (Trial trial : trials) {
      Row row = rows.get(trial.id());
      counts.merge(row == null ? "to run" : row.outcome(), 1, Integer::sum);
    }
    System.out.printf("%-10s %,d%n", "planned", trials.size());
    for (String word : List.of("completed", "diverged", "failed", "to run")) {
      System.out.printf("%-10s %,d%n", word, counts.getOrDefault(word, 0));
    }
    for (Trial trial : trials) {
      Row row = rows.get(trial.id());
      boolean failed = row != null && row.outcome().equals("failed");
      if (list || failed) {
        System.out.printf(
            "%s %-9s %s repeat %d%s%n",
            trial.id().brief(),
            row == null ? "to run" : row.outcome(),
            trial.cell(),
            trial.repeat(),
            failed ? ": " + row.error() : "");
      }
    }
    return counts.getOrDefault("failed", 0) > 0 ? Exit.FAILED_TRIALS : Exit.DONE;
  }
}
