package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.initlab.device.GpuCode;
import org.initlab.device.ProcessBackend;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.ClusterException;
import org.initlab.experiment.launch.ClusterFile;
import org.initlab.experiment.launch.StandaloneMaster;
import org.initlab.experiment.launch.Submission;
import org.initlab.experiment.launch.Yarn;
import org.initlab.experiment.store.HadoopSettings;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code initlab submit}. */
@Command(
    name = "submit",
    description = {
      "Runs a study on a Spark cluster: what is not done yet, as run does on this machine.",
      "It uses the Spark in SPARK_HOME, or the one that comes with InitLab. The same command resumes."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 0 when all is done, 2 when trials failed, 4 when the cluster is not fit, 5 when the"
          + " run folder holds a study of another meaning. In cluster mode it ends when the cluster"
          + " has taken the driver, unless the cluster file has"
          + " spark.standalone.submit.waitAppCompletion true.",
      "",
      "INITLAB_BACKEND=cuda or auto asks executors to compute on GPUs where the cluster file does not"
          + " say; see clusters/README.md.",
      "",
      "Example: initlab submit studies/quickstart --cluster clusters/standalone.conf"
    })
final class SubmitCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StudyChoice choice;

  @Option(
      names = "--cluster",
      required = true,
      paramLabel = "FILE",
      description = "The cluster, as a file like Spark's spark-defaults.conf; see clusters/.")
  private Path cluster;

  @Option(
      names = "--out",
      paramLabel = "URI",
      defaultValue = "runs",
      description =
          "Where run folders lie, seen by driver and executors: a folder, or hdfs://..., s3a://..."
              + " (default: ${DEFAULT-VALUE}).")
  private Place out;

  @Option(
      names = "--deploy-mode",
      paramLabel = "MODE",
      description =
          "client: the driver runs here (the default); cluster: one of the cluster's machines runs"
              + " it.")
  private String mode;

  @Option(names = "--dry-run", description = "Print the exact command, and do nothing.")
  private boolean dry;

  @Option(
      names = "--no-report",
      description = "Leave the report to initlab report; for grids of very many trials.")
  private boolean bare;

  @Option(
      names = "--trial-timeout",
      paramLabel = "TIME",
      description =
          "A trial may take so long, such as 90s, 10m or 2h, and is a failed one then; without it,"
              + " for ever. It is no part of the study: ids stay.")
  private String timeout;

  @Option(
      names = "--fork",
      description = "Start a new run folder although one of a changed study is there.")
  private boolean fork;

  @Override
  public Integer call() throws CommandException, IOException, StudyException, ClusterException {
    ClusterFile file = ClusterFile.read(cluster).asking(System.getenv());
    ProcessBackend.expect(file.asksForGpus() ? Set.of(GpuCode.PTX) : Set.of());
    Study study = choice.read();
    HadoopSettings.adopt(file.values());
    String deploy = mode == null ? file.deployMode() : mode;
    if (!deploy.equals("client") && !deploy.equals("cluster")) {
      throw new CommandException(
          Exit.USAGE, "initlab: --deploy-mode is '" + deploy + "'. Allowed: client, cluster.");
    }
    if (timeout != null) {
      DriveCommand.time(timeout);
      if (file.isLocal()) {
        throw new CommandException(
            Exit.USAGE,
            "initlab: --trial-timeout ends the executor of a trial that hangs, and with a local"
                + " master that is the driver. Leave it out, or name a cluster in "
                + file.path()
                + ".");
      }
    }
    StudyChoice.runnerFor(study, choice.data());
    RunFolder folder = folder(study);
    Submission submission =
        DriverProcess.submission(file, "initlab " + study.name(), deploy, arguments(folder));
    if (dry) {
      System.out.println(submission.text());
      return Exit.DONE;
    }
    StandaloneMaster.require(file);
    Yarn.require(file, System.getenv());
    prepare(folder, study);
    Interruption.announce(
        "./initlab " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
    int exit = DriverProcess.run(submission);
    Interruption.over();
    return exit;
  }

  private RunFolder folder(Study study) throws CommandException, IOException, StudyException {
    try {
      // A dry run prints what would be typed where the file system can be reached.
      return dry && out.local().isEmpty()
          ? RunFolder.of(out.child(study.runName()))
          : Runs.folder(out, study, fork);
    } catch (CommandException e) {
      boolean environment = e.getMessage().contains("cannot write to");
      throw environment ? new CommandException(Exit.ENVIRONMENT, e.getMessage()) : e;
    }
  }

  private List<String> arguments(RunFolder folder) {
    List<String> arguments = new ArrayList<>(List.of("drive", folder.uri()));
    if (bare) {
      arguments.add("--no-report");
    }
    if (timeout != null) {
      arguments.addAll(List.of("--trial-timeout", timeout));
    }
    choice
        .data()
        .ifPresent(d -> arguments.addAll(List.of("--data", d.toAbsolutePath().toString())));
    return arguments;
  }

  private static void prepare(RunFolder folder, Study study) throws CommandException {
    try {
      folder.create();
      folder.writeStudy(StudyFile.write(study));
    } catch (IOException e) {
      throw new CommandException(
          Exit.ENVIRONMENT,
          "initlab: cannot write to the run folder "
              + folder.uri()
              + ": "
              + e.getMessage()
              + "\nChoose a place with --out that you may write to.");
    }
  }
}
