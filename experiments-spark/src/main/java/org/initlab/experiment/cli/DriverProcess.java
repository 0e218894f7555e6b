package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.initlab.experiment.launch.ClusterException;
import org.initlab.experiment.launch.ClusterFile;
import org.initlab.experiment.launch.SparkHome;
import org.initlab.experiment.launch.Submission;

/** Spark-submit as a child of this process, which it does not outlive. */
final class DriverProcess {

  private static final int PATIENCE_SECONDS = 10;

  private DriverProcess() {}

  /**
   * What would be started.
   *
   * @param mode client or cluster
   * @param arguments of InitLab's command line there
   */
  static Submission submission(
      ClusterFile cluster, String name, String mode, List<String> arguments)
      throws ClusterException {
    Path dist =
        Path.of(System.getProperty("initlab.home", "."), "dist").toAbsolutePath().normalize();
    SparkHome spark = SparkHome.of(System.getenv(), dist, cluster);
    return Submission.of(
        spark, cluster.asking(System.getenv()), name, mode, options(mode), arguments);
  }

  /** What this process was started with and the driver needs too; less on another machine. */
  private static List<String> options(String mode) {
    List<String> options =
        new ArrayList<>(List.of("-XX:+UseParallelGC", "-Djava.awt.headless=true"));
    List<String> names =
        mode.equals("client")
            ? List.of("initlab.home", "initlab.terminal", "initlab.commit", "initlab.log")
            : List.of("initlab.commit");
    for (String name : names) {
      Optional.ofNullable(System.getProperty(name))
          .ifPresent(v -> options.add("-D" + name + "=" + v));
    }
    return options;
  }

  /** Runs it to its end; its exit code. */
  static int run(Submission submission) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(submission.command()).inheritIO();
    builder.environment().putAll(submission.environment());
    Process process = builder.start();
    Thread patience = new Thread(() -> end(process), "patience");
    Runtime.getRuntime().addShutdownHook(patience);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.INTERRUPTED;
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }
}
