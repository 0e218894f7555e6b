package org.initlab.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks a set-up over and says what is right, what is slow and what is broken, with the remedy. */
public final class Doctor {

  /** How bad a finding is. */
  public enum Verdict {
    GOOD,
    WARNING,
    BROKEN
  }

  /**
   * One thing looked at.
   *
   * @param subject what was looked at
   * @param found what was found
   * @param remedy what to do, empty when all is good
   */
  public record Finding(Verdict verdict, String subject, String found, String remedy) {}

  private Doctor() {}

  /** The findings for this process: machine, JVM, BLAS core, threads. */
  public static List<Finding> examine(Machine machine, BlasCore core, Map<String, String> env) {
    List<Finding> findings = new ArrayList<>();
    findings.add(good("machine", machine.system()));
    findings.add(
        good("processor", machine.processor() + ", " + machine.cores() + " cores for this JVM"));
    findings.add(
        good(
            "memory",
            String.format(
                Locale.ROOT,
                "%.1f GiB, JVM heap up to %.1f GiB",
                machine.memoryBytes() / 0x1p30,
                Runtime.getRuntime().maxMemory() / 0x1p30)));
    findings.add(java(Runtime.version()));
    findings.add(blas(machine, core));
    findings.add(threads(core, env));
    return List.copyOf(findings);
  }

  /** The findings on GPUs: a line each, and on what this process computes. */
  public static List<Finding> gpus(Backend backend) {
    List<Finding> findings = new ArrayList<>();
    backend.trouble().forEach(why -> findings.add(good("GPU", why)));
    for (GpuVerdict verdict : backend.verdicts()) {
      findings.add(good("GPU " + verdict.device().gpu().index(), verdict.says()));
    }
    findings.add(
        backend.refuses()
            ? new Finding(
                Verdict.BROKEN,
                "backend",
                backend.says(),
                "docs/gpu.md says what runs on which GPU, and what it needs.")
            : good("backend", backend.says()));
    return List.copyOf(findings);
  }

  private static Finding java(Runtime.Version version) {
    return version.feature() >= 17
        ? good("java", version.toString())
        : new Finding(
            Verdict.BROKEN, "java", version.toString(), "Install a JDK of version 17 or later.");
  }

  private static Finding blas(Machine machine, BlasCore core) {
    if (!core.isTooOldFor(machine)) {
      return good("OpenBLAS core", core.name());
    }
    return new Finding(
        Verdict.BROKEN,
        "OpenBLAS core",
        core.name() + ", but this processor runs " + machine.blasCore(),
        "Start through ./initlab, or set OPENBLAS_CORETYPE="
            + machine.blasCore()
            + " before the JVM starts: matrix products are about five times slower now.");
  }

  private static Finding threads(BlasCore core, Map<String, String> env) {
    String set = env.getOrDefault("OMP_NUM_THREADS", "");
    if (set.equals("1")) {
      return good("threads", "one for each trial");
    }
    return new Finding(
        Verdict.WARNING,
        "threads",
        "OMP_NUM_THREADS is " + (set.isEmpty() ? "not set" : set) + "; BLAS uses " + core.threads(),
        "Start through ./initlab, or set OMP_NUM_THREADS=1: trials run side by side, and results"
            + " may change with the number of threads.");
  }

  private static Finding good(String subject, String found) {
    return new Finding(Verdict.GOOD, subject, found, "");
  }
}
