package org.initlab.notebook;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.TrialRunner;
import org.initlab.experiment.trial.Datasets;
import org.initlab.experiment.trial.Engine;
import org.initlab.experiment.trial.Engines;
import org.initlab.experiment.trial.Recorder;
import org.initlab.experiment.trial.Setup;
import org.initlab.experiment.trial.Work;

/** Runs trials whose schemes or metrics a notebook made; in this process alone. */
final class OwnRunner implements TrialRunner {

  private static final long serialVersionUID = 1;

  private final transient Own own;

  OwnRunner(Own own) {
    this.own = own;
  }

  @Override
  public TrialResult run(Trial trial) {
    List<TrialResult> results = new ArrayList<>();
    runAll(List.of(trial), results::add);
    return results.get(0);
  }

  @Override
  public void runAll(List<Trial> trials, Consumer<TrialResult> done) {
    for (Trial trial : trials) {
      long start = System.nanoTime();
      try {
        Engine engine = Engines.of(own.standIn(trial));
        Work work = work(trial);
        engine.trainAll(
            List.of(work),
            (ended, outcome, seconds) ->
                done.accept(
                    new TrialResult(trial, outcome, seconds, ended.recorder().measurements())));
      } catch (RuntimeException | java.io.IOException e) {
        double seconds = (System.nanoTime() - start) / 1e9;
        done.accept(new TrialResult(trial, Outcome.Failed.of(e), seconds, List.of()));
      }
    }
  }

  private Work work(Trial trial) throws java.io.IOException {
    Setup named =
        Setup.of(own.standIn(trial), Datasets.named(trial.text("dataset")).load(Optional.empty()));
    Setup setup =
        new Setup(
            trial,
            named.dataset(),
            named.topology(),
            named.activation(),
            own.scheme(trial.text("scheme")).orElse(named.scheme()),
            named.loss(),
            named.optimizer(),
            named.schedule());
    return new Work(setup, new Recorder(setup, own.metrics(trial.measure())));
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("What a notebook defines stays in its process.");
  }
}
