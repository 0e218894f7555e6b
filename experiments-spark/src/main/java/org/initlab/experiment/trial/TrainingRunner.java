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

/**
 * Runs a trial on the engine that it names; see {@link Engines}.
 *
 * @param dataFolder where data files lie, or null for the user's cache
 */
public record TrainingRunner(String dataFolder) implements TrialRunner {

  @Override
  public TrialResult run(Trial trial) {
    long start = System.nanoTime();
    Recorder recorder = null;
    Outcome outcome;
    try {
      Datasets row = Datasets.named(trial.text("dataset"));
      Setup setup = Setup.of(trial, row.load(Optional.ofNullable(dataFolder).map(Path::of)));
      recorder = new Recorder(setup, Metrics.of(trial.measure()));
      outcome = Engines.of(trial).train(setup, recorder);
    } catch (Throwable e) { // An out-of-memory or link error is a result of this trial, too.
      outcome = new Outcome.Failed(trace(e));
    }
    List<Measurement> measured = recorder == null ? List.of() : recorder.measurements();
    return new TrialResult(trial, outcome, (System.nanoTime() - start) / 1e9, measured);
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
