package org.initlab.experiment.bench;

import java.util.ArrayList;
import java.util.List;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.trial.Dataset;
import org.initlab.experiment.trial.Engine;
import org.initlab.experiment.trial.Engines;
import org.initlab.experiment.trial.Precision;
import org.initlab.experiment.trial.Recorder;
import org.initlab.experiment.trial.Setup;

/**
 * Times engines in turn, round after round, so that what else the machine does hits all alike.
 *
 * @param images what updates with data learn from; 784 inputs, 10 classes
 * @param seconds of processor time for each engine and workload, after a warm-up that is as long,
 *     and at least a second
 * @param rounds turns among which the seconds are divided
 */
public record Race(Dataset images, double seconds, int rounds) {

  /** The updates of a trial before its clock starts are at least so many. */
  private static final int LEAST_START = 2;

  /** With less, the compilers' own time is still among the times. */
  private static final double LEAST_WARM_UP = 1;

  /** In a round at least so many updates are timed. */
  private static final int LEAST_TIMED = 3;

  /** One engine on one workload and data, with the times of its rounds. */
  private record Runner(
      Engine engine, Workload workload, Dataset data, long updates, List<Span> times) {}

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException with a sentence on what is allowed
   */
  public Race {
    if (!(seconds > 0 && seconds <= 3600)) {
      throw new IllegalArgumentException(
          "seconds " + seconds + " are not possible. Allowed: above 0, to 3600.");
    }
    if (rounds < 1 || rounds > 1000) {
      throw new IllegalArgumentException(
          "rounds " + rounds + " are not possible. Allowed: 1 to 1000.");
    }
  }

  /** Times all engines that run these workloads, each with data and without. */
  public List<Comparison> run(List<Workload> workloads) {
    List<Runner> runners = new ArrayList<>();
    for (Workload workload : workloads) {
      for (Precision precision : Precision.values()) {
        for (Engine engine : Engines.running(workload.trial(Engines.AUTO, precision, 1))) {
          runners.add(warm(engine, workload, images));
          runners.add(warm(engine, workload, new StillData(workload.batch())));
        }
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Runner runner : runners) {
        Span span = time(runner.engine, runner.workload, runner.data, runner.updates);
        runner.times.add(span.over(runner.updates));
      }
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Workload workload : workloads) {
      List<Comparison.Row> rows = new ArrayList<>();
      List<Runner> own = runners.stream().filter(r -> r.workload == workload).toList();
      for (int i = 0; i < own.size(); i += 2) {
        rows.add(
            new Comparison.Row(
                own.get(i).engine.name(),
                Timing.of(own.get(i).times),
                Timing.of(own.get(i + 1).times)));
      }
      comparisons.add(new Comparison(workload, rows));
    }
    return comparisons;
  }

  /** Runs until the compilers have seen enough, and finds how many updates fill a round. */
  private Runner warm(Engine engine, Workload workload, Dataset data) {
    double warmUp = Math.max(seconds, LEAST_WARM_UP);
    double done = 0;
    long updates = LEAST_TIMED;
    double pace;
    while (true) {
      double took = time(engine, workload, data, updates).cpuSeconds();
      done += took;
      pace = took / updates;
      if (done >= warmUp) {
        break;
      }
      // Few long trials: to set one up and take it down may cost more than its updates.
      updates = Math.min(4 * updates, 1 + (long) ((warmUp - done) / pace));
    }
    return new Runner(
        engine,
        workload,
        data,
        Math.max(LEAST_TIMED, (long) (seconds / rounds / pace)),
        new ArrayList<>(rounds));
  }

  /** The time of so many updates in the midst of a trial. */
  private static Span time(Engine engine, Workload workload, Dataset data, long updates) {
    long start = Math.max(LEAST_START, updates / 10);
    long batch = workload.batch();
    ClockedData clocked = new ClockedData(data, start * batch, (start + updates) * batch);
    Trial trial = workload.trial(engine.name(), engine.precision(), start + updates + 1);
    Setup setup = Setup.of(trial, clocked);
    Outcome outcome = engine.train(setup, Recorder.ofNothing(setup));
    if (!(outcome instanceof Outcome.Completed)) {
      throw new IllegalStateException(
          "A trial to be timed "
              + outcome.word()
              + ": "
              + engine.name()
              + ", "
              + workload.title()
              + ".");
    }
    return clocked.span();
  }
}
