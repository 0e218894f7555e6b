package org.initlab.experiment.trial;

import java.util.List;
import java.util.function.ToIntFunction;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;

/**
 * Many trials at a time, stacked in ND4J's arrays [T, ...], on whatever backend ND4J has loaded:
 * one operation does a step of all of them, which hides what an operation costs by itself. Trials
 * of one shape, activation, loss and optimizer stack; rates, schedules, decays, schemes, repeats,
 * and numbers of steps may differ.
 *
 * <p>It is made for GPUs; on a CPU {@link FusedEngine} is faster.
 */
final class StackedEngine implements Engine {

  private static final List<String> COMMON =
      List.of(
          "architecture",
          "dataset",
          "depth",
          "width",
          "batch",
          "activation",
          "loss",
          "optimizer",
          "momentum");

  private final ToIntFunction<Setup> size;

  StackedEngine() {
    this(StackSize::of);
  }

  /** An engine whose stacks are at most this high. */
  StackedEngine(ToIntFunction<Setup> size) {
    this.size = size;
  }

  @Override
  public String name() {
    return "stacked";
  }

  @Override
  public String says() {
    return "InitLab's own passes on ND4J 1.0.0-M2.1's arrays, many trials at a time";
  }

  @Override
  public boolean runs(Trial trial) {
    return Engines.topology(trial).isChain()
        && !Engines.scalesRates(trial)
        && Engines.hasClasses(trial);
  }

  @Override
  public Outcome train(Setup setup, Recorder recorder) {
    return Work.alone(this, setup, recorder);
  }

  @Override
  public void trainAll(List<Work> works, Work.Ends ends) {
    for (List<Work> group : Work.alike(works, COMMON)) {
      int most;
      try {
        most = size.applyAsInt(group.get(0).setup());
      } catch (Throwable e) { // ND4J may not load here.
        Outcome failure = Outcome.Failed.of(e);
        group.forEach(work -> ends.ended(work, failure, 0));
        continue;
      }
      for (int from = 0; from < group.size(); from += most) {
        List<Work> stack = group.subList(from, Math.min(from + most, group.size()));
        try (StackedTraining training = new StackedTraining(stack, ends)) {
          training.run();
        }
      }
    }
  }
}
