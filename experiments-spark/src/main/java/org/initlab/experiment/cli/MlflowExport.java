package org.initlab.experiment.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.initlab.experiment.Axis;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Study;
import org.initlab.experiment.mlflow.TrackingException;
import org.initlab.experiment.mlflow.TrackingServer;
import org.initlab.experiment.mlflow.TrackingServer.Sent;
import org.initlab.experiment.mlflow.TrialRun;
import org.initlab.experiment.report.Export;
import org.initlab.experiment.report.StoredTrial;
import org.initlab.experiment.store.RunFolder;

/**
 * A run's trials on their way to an MLflow tracking server. What the server has is not sent again;
 * a trial that was sent in part, or with another outcome, is.
 *
 * @param folder the run folder
 * @param study its study
 * @param server where they go
 * @param experiment name of the experiment
 * @param metrics metrics whose numbers are wanted
 */
record MlflowExport(
    RunFolder folder, Study study, TrackingServer server, String experiment, List<String> metrics) {

  private static final int TOLD_EVERY = 500;

  /** Sends what is missing and tells how much that was. */
  void send(Export export) throws TrackingException, IOException {
    String run = folder.place().name();
    String id = server.experiment(experiment, Map.of("mlflow.note.content", study.question()));
    Map<String, Sent> there = server.sent(id, run);
    List<String> todo = new ArrayList<>();
    for (Row row : folder.store().rows()) {
      Sent sent = there.get(row.id().hex());
      if (sent == null || !row.outcome().equals(sent.outcome())) {
        todo.add(row.id().hex());
      }
    }
    Map<String, String> provenance = provenance();
    long numbers = 0;
    long notFinite = 0;
    int done = 0;
    Iterator<StoredTrial> trials =
        todo.isEmpty() ? List.<StoredTrial>of().iterator() : export.trials(todo, metrics);
    while (trials.hasNext()) {
      StoredTrial stored = trials.next();
      if (there.containsKey(stored.id())) {
        server.delete(there.get(stored.id()));
      }
      TrialRun trial = trial(stored, provenance);
      server.send(id, run, trial);
      numbers += trial.measurements().size();
      notFinite += trial.notFinite();
      done++;
      if (done % TOLD_EVERY == 0) {
        System.out.printf(Locale.ROOT, "%,d of %,d trials%n", done, todo.size());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "Sent %,d trials with %,d numbers to the experiment %s; %,d were there.%n",
        done,
        numbers,
        experiment,
        there.size() - todo.stream().filter(there::containsKey).count());
    if (notFinite > 0) {
      System.out.printf(
          Locale.ROOT,
          "%,d of the numbers are NaN or infinite, and went as such. A server that keeps them in a"
              + " database makes the largest double of an infinity; the tag initlab.not_finite"
              + " counts them.%n",
          notFinite);
    }
  }

  /** The latest session's facts, as tags. */
  private Map<String, String> provenance() throws IOException {
    Map<String, String> tags = new LinkedHashMap<>();
    Provenances.latest(folder).forEach((name, value) -> tags.put("initlab." + name, value));
    tags.put("mlflow.source.name", folder.place().toString());
    String commit = tags.getOrDefault("initlab.commit", "");
    if (commit.matches("[0-9a-f]{40}")) {
      tags.put("mlflow.source.git.commit", commit);
    }
    if (tags.containsKey("initlab.user")) {
      tags.put("mlflow.user", tags.get("initlab.user"));
    }
    return tags;
  }

  private TrialRun trial(StoredTrial stored, Map<String, String> provenance) {
    Map<String, String> params = new TreeMap<>(stored.arguments());
    params.put("repeat", Integer.toString(stored.repeat()));
    params.put("seed", Long.toString(stored.seed()));
    Map<String, String> tags = new TreeMap<>(provenance);
    tags.put("initlab.host", stored.host());
    tags.put("initlab.seconds", Double.toString(stored.seconds()));
    stored.divergedAt().ifPresent(step -> tags.put("initlab.diverged_at", Long.toString(step)));
    if (!stored.error().isEmpty()) {
      tags.put("initlab.error", stored.error());
    }
    String name =
        study.grid().axes().stream()
            .map(Axis::name)
            .map(axis -> axis + "=" + stored.arguments().getOrDefault(axis, ""))
            .collect(Collectors.joining(" ", "", " repeat=" + stored.repeat()))
            .strip();
    TrialRun run =
        new TrialRun(
            stored.id(),
            name,
            params,
            tags,
            stored.outcome(),
            stored.finishedAt().minus(Duration.ofMillis(Math.round(stored.seconds() * 1000))),
            stored.finishedAt(),
            stored.measurements());
    return run.notFinite() == 0
        ? run
        : run.with("initlab.not_finite", Long.toString(run.notFinite()));
  }
}
