package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialRunner;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.launch.Effort;
import org.initlab.experiment.launch.Limits;
import org.initlab.experiment.launch.Roll;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.Costs;
import org.initlab.experiment.trial.TrainingRunner;

/**
 * A study that was checked together with its folder and its data, so that what remains is work.
 *
 * @param study the study
 * @param folder its run folder, which need not be there yet
 * @param runner of its trials
 * @param data where the user keeps data sets
 * @param todo trials without a result
 */
record StudyRun(
    Study study, RunFolder folder, TrainingRunner runner, Optional<Path> data, List<Trial> todo) {

  /** Checks all that can be checked before anything is written. */
  static StudyRun of(Study study, Place out, boolean fork, Optional<Path> data)
      throws CommandException, IOException, StudyException {
    RunFolder folder = Runs.folder(out, study, fork);
    TrainingRunner runner = StudyChoice.runnerFor(study, data);
    List<Trial> todo =
        Runs.isRun(folder.place())
            ? study.trialsWithout(folder.store().finished())
            : study.trials();
    return new StudyRun(study, folder, runner, data, todo);
  }

  /** How many trials the study has. */
  int trials() {
    return study.trials().size();
  }

  /** Whether every trial is done and the report is of this very study. */
  boolean isCurrent() throws IOException {
    return todo.isEmpty()
        && folder.readSummary().isPresent()
        && folder.readStudy().equals(StudyFile.write(study));
  }

  /** The summary of a run that is current. */
  String summary() throws IOException {
    return folder.readSummary().orElseThrow();
  }

  /**
   * Runs what is to do, writes the report and keeps its summary.
   *
   * @param start since when this process runs: half-written files from before are of a killed one
   * @return how many trials failed
   */
  int complete(Cluster spark, Instant start) throws IOException {
    int all = trials();
    System.out.printf(
        "%s: %,d trials, %,d done, %,d to run -> %s%n",
        study.name(), all, all - todo.size(), todo.size(), folder.place());
    folder.create();
    folder.cleanLeftovers(start);
    // An old summary beside a new study would pass for the new study's answer after a kill.
    folder.deleteSummary();
    folder.writeStudy(StudyFile.write(study));
    if (!todo.isEmpty()) {
      Provenances.add(folder, Provenances.now(study, spark.title(), data));
    }
    int failed = launch(spark, Limits.STANDARD, todo, runner, folder.store());
    folder.writeSummary(ReportWriter.write(study, folder, Optional.empty(), spark, false));
    return failed;
  }

  /** Runs trials and tells how they get on; how many failed. */
  static int launch(
      Cluster spark, Limits limits, List<Trial> todo, TrialRunner runner, ParquetStore store)
      throws IOException {
    if (todo.isEmpty()) {
      return 0;
    }
    Costs costs = new Costs();
    ToDoubleFunction<Trial> seconds = trial -> costs.of(trial).seconds();
    Effort effort = new Effort(seconds, trial -> costs.of(trial).together());
    try (Progress progress =
            new Progress(System.out, Boolean.getBoolean("initlab.terminal"), todo, seconds);
        Pulse pulse = new Pulse(store, progress, spark.slots());
        Roll roll = spark.roll(progress::say)) {
      pulse.begin();
      roll.call();
      spark.launcher(effort, limits).launch(todo, runner, store, progress);
      return progress.failed();
    }
  }
}
