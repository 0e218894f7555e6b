package org.initlab.experiment.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;
import org.initlab.experiment.metric.Metrics;
import org.initlab.experiment.metric.Theory;

/**
 * Runs trials on the engines that they name; see {@link Engines}.
 *
 * @param dataFolder where data files lie, or null for the user's cache
 */
public record TrainingRunner(String dataFolder) implements TrialRunner {

  @Override
  public TrialResult run(Trial trial) {
    List<TrialResult> results = new ArrayList<>();
    runAll(List.of(trial), results::add);
    return results.get(0);
  }

  @Override
  public void runAll(List<Trial> trials, Consumer<TrialResult> done) {
    Map<Engine, List<Work>> byEngine = new LinkedHashMap<>();
    Theory theory = new Theory();
    for (Trial trial : trials) {
      long start = System.nanoTime();
      try {
        byEngine
            .computeIfAbsent(Engines.of(trial), e -> new ArrayList<>())
            .add(work(trial, theory));
      } catch (Throwable e) { // A link error is a result of this trial, too.
        double seconds = (System.nanoTime() - start) / 1e9;
        done.accept(new TrialResult(trial, Outcome.Failed.of(e), seconds, List.of()));
      }
    }
    byEngine.forEach(
        (engine, works) ->
            engine.trainAll(
                works,
                (work, outcome, seconds) ->
                    done.accept(
                        new TrialResult(
                            work.setup().trial(),
                            outcome,
                            seconds,
                            work.recorder().measurements()))));
  }

  private Work work(Trial trial, Theory theory) throws java.io.IOException {
    Datasets row = Datasets.named(trial.text("dataset"));
    Setup setup = Setup.of(trial, row.load(Optional.ofNullable(dataFolder).map(Path::of)));
    return new Work(setup, new Recorder(setup, Metrics.of(trial.measure(), theory)));
  }
}
