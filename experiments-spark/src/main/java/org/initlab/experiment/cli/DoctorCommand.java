package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.initlab.device.Backend;
import org.initlab.device.Backend.Wish;
import org.initlab.device.BlasCore;
import org.initlab.device.Doctor;
import org.initlab.device.Doctor.Finding;
import org.initlab.device.Doctor.Verdict;
import org.initlab.device.Machine;
import org.initlab.experiment.launch.ClusterException;
import org.initlab.experiment.launch.ClusterFile;
import org.initlab.experiment.launch.StandaloneMaster;
import org.initlab.experiment.launch.Submission;
import org.initlab.experiment.launch.Yarn;
import org.initlab.init.named.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code initlab doctor}. */
@Command(
    name = "doctor",
    description = "Looks this machine over: processor, BLAS core, threads, Java, GPUs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 4 if something is broken.",
      "",
      "Example: initlab doctor",
      "Example: initlab doctor --cluster clusters/standalone.conf"
    })
final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--cluster",
      paramLabel = "FILE",
      description =
          "Look over each executor of a cluster instead: a line each with its kernels, threads,"
              + " memory and GPUs, how fast it trains, and whether its numbers are those of here.")
  private Path cluster;

  @Override
  public Integer call() throws ClusterException, CommandException, IOException {
    if (cluster != null) {
      ClusterFile file = ClusterFile.read(cluster);
      Submission submission =
          DriverProcess.submission(file, "initlab doctor", "client", List.of("examine"));
      StandaloneMaster.require(file);
      Yarn.require(file, System.getenv());
      return DriverProcess.run(submission);
    }
    List<Finding> findings =
        new ArrayList<>(Doctor.examine(Machine.here(), BlasCore.inUse(), System.getenv()));
    findings.addAll(Doctor.gpus(backend()));
    for (Finding f : findings) {
      System.out.printf("%-8s %-14s %s%n", f.verdict(), f.subject(), f.found());
      if (!f.remedy().isEmpty()) {
        System.out.printf("%-8s %-14s -> %s%n", "", "", f.remedy());
      }
    }
    boolean broken = findings.stream().anyMatch(f -> f.verdict() == Verdict.BROKEN);
    return broken ? Exit.ENVIRONMENT : Exit.DONE;
  }

  private static Backend backend() throws CommandException {
    String wish = System.getenv().getOrDefault(Backend.VARIABLE, "");
    try {
      return Backend.survey(Wish.of(wish), System.getenv(), DoctorCommand.class.getClassLoader());
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          Exit.ENVIRONMENT, "initlab: " + e.getMessage() + Nearest.maybe(wish, Wish.names()));
    }
  }
}
