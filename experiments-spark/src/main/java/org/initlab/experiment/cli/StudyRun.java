package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
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
import org.initlab.experiment.launch.Limits;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.Costs;
import org.initlab.experiment.trial.TrainingRunner;

/**
 * A study that was checked together with its folder and its data, so that what remains is work.
 *
 * @param study the study
 * @param path its run folder, which need not be there yet
 * @param runner of its trials
 * @param data where the user keeps data sets
 * @param todo trials without a result
 */
record StudyRun(
    Study study, Path path, TrainingRunner runner, Optional<Path> data, List<Trial> todo) {

  /** Checks all that can be checked before anything is written. */
  static StudyRun of(Study study, Path out, boolean fork, Optional<Path> data)
      throws CommandException, IOException, StudyException {
    Path path = Runs.folder(out, study, fork);
    TrainingRunner runner = StudyChoice.runnerFor(study, data);
    List<Trial> todo =
        Runs.isRun(path)
            ? study.trialsWithout(RunFolder.of(path).store().finished())
            : study.trials();
    return new StudyRun(study, path, runner, data, todo);
  }

  /** How many trials the study has. */
  int trials() {
    return study.trials().size();
  }

  /** Whether every trial is done and the report is of this very study. */
  boolean isCurrent() throws IOException {
    return todo.isEmpty()
        && Files.exists(path.resolve(ReportWriter.SUMMARY))
        && RunFolder.of(path).readStudy().equals(StudyFile.write(study));
  }

  /** The summary of a run that is current. */
  String summary() throws IOException {
    return Files.readString(path.resolve(ReportWriter.SUMMARY));
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
        study.name(), all, all - todo.size(), todo.size(), path);
    RunFolder folder = RunFolder.of(path);
    folder.create();
    folder.cleanLeftovers(start);
    // An old summary beside a new study would pass for the new study's answer after a kill.
    Files.deleteIfExists(path.resolve(ReportWriter.SUMMARY));
    folder.writeStudy(StudyFile.write(study));
    if (!todo.isEmpty()) {
      Provenances.add(folder, Provenances.now(study, spark.title(), data));
    }
    int failed = launch(spark, Limits.STANDARD, todo, runner, folder.store());
    ReportWriter.keep(path, ReportWriter.write(study, path, path, spark));
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
    try (Progress progress =
        new Progress(System.out, Boolean.getBoolean("initlab.terminal"), todo, seconds)) {
      spark.launcher(seconds, limits).launch(todo, runner, store, progress);
      return progress.failed();
    }
  }
}
