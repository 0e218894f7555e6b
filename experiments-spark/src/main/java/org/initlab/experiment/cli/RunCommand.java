package org.initlab.experiment.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.store.Place;
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
      description =
          "Folder for run folders, a path or a URI such as hdfs://namenode/runs (default:"
              + " ${DEFAULT-VALUE}).")
  private Place out;

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
    StudyRun run = StudyRun.of(study, out, fork, choice.data());
    Masters.requireLocal(master);
    if (run.isCurrent()) {
      System.out.printf("All %,d trials of %s are done.%n", run.trials(), study.name());
      System.out.print(run.summary());
      return Exit.DONE;
    }
    Interruption.announce(
        "./initlab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
    int failed;
    try (Cluster spark = Cluster.open(master)) {
      failed = run.complete(spark, start);
    } finally {
      Interruption.over();
    }
    System.out.print(run.summary());
    return failed > 0 ? Exit.FAILED_TRIALS : Exit.DONE;
  }
}
