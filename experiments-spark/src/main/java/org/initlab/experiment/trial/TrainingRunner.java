package org.initlab.experiment.trial;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;
import org.initlab.experiment.metric.Metrics;
import org.initlab.init.named.Nearest;

/**
 * Runs a trial on the engine that it names; {@code auto} is the first that can run it.
 *
 * @param dataFolder where data files lie, or null for the user's cache
 */
public record TrainingRunner(String dataFolder) implements TrialRunner {

  /** All engines, the fastest first. */
  private static final List<Engine> ENGINES = List.of(new FusedEngine(), new Dl4jEngine());

  /** What may stand for an engine in a study. */
  public static List<String> engines() {
    return java.util.stream.Stream.concat(
            ENGINES.stream().map(Engine::name), java.util.stream.Stream.of("auto"))
        .toList();
  }

  @Override
  public TrialResult run(Trial trial) {
    long start = System.nanoTime();
    Recorder recorder = null;
    Outcome outcome;
    try {
      Datasets row = Datasets.named(trial.text("dataset"));
      Setup setup = Setup.of(trial, row.load(Optional.ofNullable(dataFolder).map(Path::of)));
      recorder = new Recorder(setup, Metrics.of(trial.measure()));
      outcome = engine(trial).train(setup, recorder);
    } catch (Throwable e) { // An out-of-memory or link error is a result of this trial, too.
      outcome = new Outcome.Failed(trace(e));
    }
    List<Measurement> measured = recorder == null ? List.of() : recorder.measurements();
    return new TrialResult(trial, outcome, (System.nanoTime() - start) / 1e9, measured);
  }

  private static Engine engine(Trial trial) {
    String name = trial.text("engine");
    return ENGINES.stream()
        .filter(e -> (name.equals("auto") || name.equals(e.name())) && e.runs(trial))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No engine " + name + " runs this trial." + Nearest.maybe(name, engines())));
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
