package org.initlab.experiment.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.device.GpuCode;
import org.initlab.device.ProcessBackend;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.launch.Check;
import org.initlab.experiment.trial.TrainingRunner;

/**
 * Trains two small networks, one by InitLab's own engine and one by Deeplearning4j, and tells how
 * fast and with which numbers; where a GPU was chosen, whether that computes the CPU's losses.
 *
 * @param numbers that another machine has found; empty for the first one
 */
record TrialCheck(String numbers) implements Check {

  /** The fact under which the numbers are. */
  static final String NUMBERS = "numbers";

  private static final String GPU_ENGINE = "fused-cuda";

  /** The part of a loss that a GPU may be off after ten updates: that of the engine's tests. */
  private static final double PART = 1e-5;

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>(ExecutorCheck.machine());
    StringBuilder all = new StringBuilder();
    for (String engine : List.of("fused", "dl4j")) {
      run(engine, 50); // loads and compiles
      TrialResult result = run(engine, 500);
      if (result.outcome() instanceof Outcome.Failed failed) {
        throw new IllegalStateException(
            engine + ": " + failed.error().lines().findFirst().orElse(""));
      }
      facts.put(
          engine,
          String.format(Locale.ROOT, "%.0f updates/s", 500 / Math.max(1e-9, result.seconds())));
      all.append(result.measurements());
    }
    if (ProcessBackend.code().contains(GpuCode.PTX)) {
      facts.put(GPU_ENGINE, gpu());
    }
    String here = TrialId.ofText(all.toString()).brief();
    facts.put(NUMBERS, here.equals(numbers) ? "the same as here" : here);
    return facts;
  }

  /** Ten updates on the GPU against those on the CPU, as scripts/gpu-check compares them. */
  private static String gpu() {
    TrialResult found = run(GPU_ENGINE, 10);
    TrialResult expected = run("fused", 10);
    if (found.outcome() instanceof Outcome.Failed failed) {
      throw new IllegalStateException(
          GPU_ENGINE + ": " + failed.error().lines().findFirst().orElse(""));
    }
    double most = 0;
    for (int i = 0; i < expected.measurements().size(); i++) {
      double one = expected.measurements().get(i).value();
      double part = Math.abs(found.measurements().get(i).value() - one) / Math.abs(one);
      most = Double.isNaN(part) ? Double.POSITIVE_INFINITY : Math.max(most, part);
    }
    String says = String.format(Locale.ROOT, "losses within %.1e of the CPU's", most);
    if (most > PART) {
      throw new IllegalStateException(GPU_ENGINE + " computes wrong numbers: " + says);
    }
    return says;
  }

  private static TrialResult run(String engine, int steps) {
    Map<String, String> cell = new TreeMap<>();
    for (Argument argument : Argument.values()) {
      argument.standard().ifPresent(value -> cell.put(argument.key(), value));
    }
    cell.put(Argument.DATASET.key(), "mnist-6k");
    cell.put(Argument.SCHEME.key(), "glorot_uniform");
    cell.put(Argument.DEPTH.key(), "3");
    cell.put(Argument.WIDTH.key(), "100");
    cell.put(Argument.LEARNING_RATE.key(), "0.05");
    cell.put(Argument.STEPS.key(), Integer.toString(steps));
    cell.put(Argument.ENGINE.key(), engine);
    Measure measure = new Measure(List.of("loss"), List.of(0L, (long) steps), Map.of());
    return new TrainingRunner(null).run(Trial.of("doctor", cell, 0, 1, measure));
  }
}
