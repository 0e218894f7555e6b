package org.initlab.experiment.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.initlab.device.BlasCore;
import org.initlab.device.Doctor;
import org.initlab.device.Doctor.Finding;
import org.initlab.device.Doctor.Verdict;
import org.initlab.device.Machine;
import picocli.CommandLine.Command;

/** {@code initlab doctor}. */
@Command(
    name = "doctor",
    description = "Looks this machine over: processor, BLAS core, threads, Java.",
    mixinStandardHelpOptions = true,
    footer = {"", "Exits with 4 if something is broken.", "", "Example: initlab doctor"})
final class DoctorCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    List<Finding> findings = Doctor.examine(Machine.here(), BlasCore.inUse(), System.getenv());
    for (Finding f : findings) {
      System.out.printf("%-8s %-14s %s%n", f.verdict(), f.subject(), f.found());
      if (!f.remedy().isEmpty()) {
        System.out.printf("%-8s %-14s -> %s%n", "", "", f.remedy());
      }
    }
    boolean broken = findings.stream().anyMatch(f -> f.verdict() == Verdict.BROKEN);
    return broken ? Exit.ENVIRONMENT : Exit.DONE;
  }
}
