package org.initlab.experiment.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab status}. */
@Command(
    name = "status",
    description = {
      "Counts a run's trials: planned, completed, diverged, failed, running, to run; says how long"
          + " is left.",
      "It works from any machine that reads the run folder, while the run goes on and after."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 2 if trials failed.",
      "",
      "Example: initlab status runs/quickstart-1a2b3c4d",
      "         initlab status hdfs://namenode/runs/quickstart-1a2b3c4d"
    })
final class StatusCommand implements Callable<Integer> {

  private static final String TO_RUN = "to run";

  @Parameters(paramLabel = "RUN", description = "A run folder, a path or a URI.")
  private Place run;

  @Option(names = "--trials", description = "Also list every trial with its id, outcome and cell.")
  private boolean list;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    RunFolder folder = Runs.open(run);
    Study study = Runs.study(folder);
    // Before the rows: what is stored meanwhile is then counted as done rather than as running.
    Optional<Heartbeat> heartbeat = Heartbeat.read(folder);
    Map<TrialId, Row> rows = new HashMap<>();
    folder.store().rows().forEach(r -> rows.put(r.id(), r));
    Map<String, Integer> counts = new HashMap<>();
    List<Trial> trials = study.trials();
    for (Trial trial : trials) {
      counts.merge(outcome(rows.get(trial.id())), 1, Integer::sum);
    }
    System.out.printf("%-10s %,d%n", "planned", trials.size());
    for (String word : List.of("completed", "diverged", "failed")) {
      System.out.printf("%-10s %,d%n", word, counts.getOrDefault(word, 0));
    }
    tell(heartbeat, counts.getOrDefault(TO_RUN, 0), Instant.now());
    for (Trial trial : trials) {
      Row row = rows.get(trial.id());
      if (list || outcome(row).equals("failed")) {
        System.out.println(line(trial, row));
      }
    }
    return counts.getOrDefault("failed", 0) > 0 ? Exit.FAILED_TRIALS : Exit.DONE;
  }

  private static String outcome(Row row) {
    return row == null ? TO_RUN : row.outcome();
  }

  private static void tell(Optional<Heartbeat> heartbeat, int missing, Instant now) {
    boolean alive = heartbeat.isPresent() && heartbeat.get().alive(now);
    // A failed trial that is tried again is running, too, but has a row.
    int running =
        alive
            ? Math.min(
                heartbeat.get().slots(),
                Math.min(missing, heartbeat.get().todo() - heartbeat.get().done()))
            : 0;
    System.out.printf("%-10s %,d%n", "running", running);
    System.out.printf("%-10s %,d%n", TO_RUN, missing - running);
    if (alive) {
      System.out.printf(
          "%-10s about %s, by %s %d s ago%n",
          "left",
          Progress.clock(heartbeat.get().left(now)),
          heartbeat.get().host(),
          Math.max(0, Duration.between(heartbeat.get().updated(), now).toSeconds()));
    } else if (missing > 0) {
      System.out.printf(
          "%-10s nothing runs%s; the command that started it goes on%n",
          "left",
          heartbeat.map(h -> "; " + h.host() + " was last heard at " + h.updated()).orElse(""));
    }
  }

  private static String line(Trial trial, Row row) {
    String error = row != null && row.outcome().equals("failed") ? ": " + row.error() : "";
    return String.format(
        "%s %-9s %s repeat %d%s",
        trial.id().brief(), outcome(row), trial.cell(), trial.repeat(), error);
  }
}
