package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.trial.Cost;
import org.initlab.experiment.trial.TrainingRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code initlab run}. */
@Command(
    name = "run",
    description = {
      "Runs the trials of a study that are not done yet, and writes the report.",
      "The same command resumes after an interruption and retries failed trials."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 0 when all is done, 2 when trials failed, 5 when the run folder holds a study of"
          + " another meaning.",
      "",
      "Example: initlab run studies/quickstart"
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StudyChoice choice;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Folder for run folders (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--master",
      defaultValue = "local[*]",
      description = "Spark master (default: ${DEFAULT-VALUE}, all cores of this machine).")
  private String master;

  @Option(
      names = "--fork",
      description = "Start a new run folder although one of a changed study is there.")
  private boolean fork;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    Instant start = Instant.now();
    Study study = choice.read();
    Path path = Runs.folder(out, study, fork);
    TrainingRunner runner = choice.runnerFor(study);
    requireLocal(master);

    RunFolder folder = RunFolder.of(path);
    ParquetStore store = folder.store();
    List<Trial> all = study.trials();
    List<Trial> todo = Runs.isRun(path) ? study.trialsWithout(store.finished()) : all;
    String yaml = StudyFile.write(study);
    if (todo.isEmpty() && isCurrent(folder, path, yaml)) {
      System.out.printf("All %,d trials of %s are done.%n", all.size(), study.name());
      System.out.print(Files.readString(path.resolve(ReportWriter.SUMMARY)));
      return Exit.DONE;
    }
    System.out.printf(
        "%s: %,d trials, %,d done, %,d to run -> %s%n",
        study.name(), all.size(), all.size() - todo.size(), todo.size(), path);
    folder.create();
    folder.cleanLeftovers(start);
    // An old summary beside a new study would pass for the new study's answer after a kill.
    Files.deleteIfExists(path.resolve(ReportWriter.SUMMARY));
    folder.writeStudy(yaml);
    Interruption.announce(
        "./initlab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
    int failed;
    String summary;
    try (Cluster spark = Cluster.open(master)) {
      if (!todo.isEmpty()) {
        Provenances.add(folder, Provenances.now(study, spark.title(), choice.data()));
      }
      failed = launch(spark, todo, runner, store);
      summary = ReportWriter.write(study, path, path, spark);
      ReportWriter.keep(path, summary);
    } finally {
      Interruption.over();
    }
    System.out.print(summary);
    return failed > 0 ? Exit.FAILED_TRIALS : Exit.DONE;
  }

  private static int launch(
      Cluster spark, List<Trial> todo, TrainingRunner runner, ParquetStore store)
      throws IOException {
    Map<TrialId, Trial> byId = new LinkedHashMap<>();
    todo.forEach(t -> byId.put(t.id(), t));
    if (todo.isEmpty()) {
      return 0;
    }
    try (Progress progress =
        new Progress(
            System.out, Boolean.getBoolean("initlab.terminal"), byId, RunCommand::seconds)) {
      spark.launcher(RunCommand::seconds).launch(todo, runner, store, progress);
      return progress.failed();
    }
  }

  private static double seconds(Trial trial) {
    return Cost.of(trial).seconds();
  }

  private static boolean isCurrent(RunFolder folder, Path path, String yaml) throws IOException {
    return Files.exists(path.resolve(ReportWriter.SUMMARY)) && folder.readStudy().equals(yaml);
  }

  private static void requireLocal(String master) throws CommandException {
    if (!master.matches("local(\\[(\\*|[1-9]\\d*)(,\\d+)?])?")) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: --master is '"
              + master
              + "'. Allowed: local, local[N], local[*],"
              + " spark://HOST:PORT. Maybe local[*].");
    }
  }
}
