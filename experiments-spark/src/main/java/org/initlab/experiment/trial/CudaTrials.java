package org.initlab.experiment.trial;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.CudaTraining;
import org.initlab.device.cuda.CudaTraining.Launch;
import org.initlab.device.cuda.CudaTraining.Progress;
import org.initlab.device.cuda.NetworkShape;
import org.initlab.device.cuda.TrainingPlan;
import org.initlab.experiment.Outcome;
import org.initlab.init.Site;

/**
 * Trains trials of one shape on a GPU, as many at a time as its memory holds. It stops the GPU when
 * a snapshot is due, when a trial is done, or when the examples that were sent are used up.
 */
final class CudaTrials {

  /** Of the GPU's free memory, what networks may take: examples and losses need some, too. */
  private static final double SHARE_OF_MEMORY = 0.5;

  private static final int MOST_TRIALS = 1 << 16;

  /** What decides a trial's learning rates. */
  private static final List<String> RATE = List.of("learning_rate", "schedule", "warmup", "steps");

  private final CudaDevice device;
  private final int threads;
  private final Work.Ends ends;

  CudaTrials(CudaDevice device, int threads, Work.Ends ends) {
    this.device = device;
    this.threads = threads;
    this.ends = ends;
  }

  /** Trains all, each to its end. */
  void train(List<Work> works) {
    TrainingPlan plan;
    int most;
    try {
      plan = new TrainingPlan(shape(works.get(0).setup()), threads, device.sharedBytes());
      most =
          (int)
              Math.max(
                  1,
                  Math.min(
                      MOST_TRIALS, device.freeBytes() * SHARE_OF_MEMORY / plan.bytesOfANetwork()));
    } catch (Throwable e) { // A trial whose batch is too large fails; the platform goes on.
      Outcome failure = Outcome.Failed.of(e);
      works.forEach(work -> ends.ended(work, failure, 0));
      return;
    }
    for (int from = 0; from < works.size(); from += most) {
      try (Viewer viewer = new Viewer()) {
        List<CudaTrial> trials =
            works.subList(from, Math.min(from + most, works.size())).stream()
                .map(work -> new CudaTrial(work, plan, viewer))
                .toList();
        trainTogether(plan, trials);
      }
    }
  }

  private static NetworkShape shape(Setup setup) {
    return new NetworkShape(
        setup.dataset().inputs(),
        setup.sites().stream().map(site -> Math.toIntExact(site.shape().out())).toList(),
        setup.topology().links().stream().map(link -> link.activation().title()).toList(),
        setup.batch(),
        setup.loss().title(),
        setup.optimizer().title());
  }

  private void trainTogether(TrainingPlan plan, List<CudaTrial> trials) {
    try (CudaTraining training = new CudaTraining(device, plan, trials.size());
        CudaLooks looks = new CudaLooks(device, training, plan)) {
      CudaBatches batches = new CudaBatches(trials.stream().map(CudaTrial::setup).toList());
      batches.sendWhole(training, device.freeBytes());
      for (int place = 0; place < trials.size(); place++) {
        CudaTrial trial = trials.get(place);
        attempt(trial, trial::begin); // the weights of one are in this machine's memory at a time
        if (trial.lives()) {
          trial.start(training, place, batches.stream(place));
        } else {
          training.retire(place);
        }
      }
      look(training, looks, trials, 0);
      for (long done = 0; living(trials).length > 0; ) {
        done += launch(training, trials, batches, done);
        look(training, looks, trials, done);
      }
    } catch (Throwable e) { // Whose fault it is cannot be told.
      Outcome failure = Outcome.Failed.of(e);
      for (CudaTrial trial : trials) {
        if (trial.lives()) {
          end(trial, failure);
        }
      }
    }
  }

  /** Some updates of all that live; how many. */
  private int launch(
      CudaTraining training, List<CudaTrial> trials, CudaBatches batches, long done) {
    long start = System.nanoTime();
    int[] living = living(trials);
    int steps = steps(trials, living, batches.mostSteps(trials.size()), done);
    CudaBatches.Part part = batches.part(done, steps);
    Progress progress =
        training.run(
            new Launch(
                Math.toIntExact(done),
                steps,
                rates(trials, living, done, steps),
                corrections(done, steps),
                part.examples(),
                part.labels(),
                part.order()));
    double share = (double) (System.nanoTime() - start) / living.length;
    for (int place : living) {
      CudaTrial trial = trials.get(place);
      trial.spent(share);
      alone(trial, () -> trial.goneOn(place, progress, done, steps));
      if (!trial.lives() && progress.ends()[place] == 0) {
        training.retire(place);
      }
    }
    return steps;
  }

  /** Shows the networks of those for which it is time, and ends those that have done all. */
  private void look(CudaTraining training, CudaLooks looks, List<CudaTrial> trials, long done) {
    long start = System.nanoTime();
    int[] living = living(trials);
    Map<Integer, Work> due = new LinkedHashMap<>();
    IntStream.of(living)
        .filter(place -> trials.get(place).due(done))
        .forEach(place -> due.put(place, trials.get(place).work()));
    Map<Integer, CudaSight> sights = looks.of(due, done);
    double share = (double) (System.nanoTime() - start) / due.size();
    for (int place : due.keySet()) {
      CudaTrial trial = trials.get(place);
      trial.spent(share);
      attempt(trial, () -> trial.show(training, place, sights.get(place), done));
    }
    for (int place : living) {
      CudaTrial trial = trials.get(place);
      if (trial.lives()) {
        trial.done(done).ifPresent(outcome -> end(trial, outcome));
      }
      if (!trial.lives()) {
        training.retire(place);
      }
    }
  }

  /** Up to the next update after which one of them is looked at or done, and no more than that. */
  private static int steps(List<CudaTrial> trials, int[] living, int most, long done) {
    long next =
        IntStream.of(living).mapToLong(place -> trials.get(place).nextStop(done)).min().orElse(0);
    return (int) Math.min(most, next - done);
  }

  /** The learning rates of the next updates; thousands of trials have few courses of them. */
  private static float[] rates(List<CudaTrial> trials, int[] living, long done, int steps) {
    Map<List<String>, float[]> courses = new HashMap<>();
    float[] rates = new float[trials.size() * steps];
    for (int place : living) {
      Setup setup = trials.get(place).setup();
      float[] course =
          courses.computeIfAbsent(
              RATE.stream().map(setup.trial()::text).toList(),
              key -> {
                float[] values = new float[steps];
                for (int i = 0; i < steps; i++) {
                  values[i] = (float) setup.rate(done + i + 1);
                }
                return values;
              });
      System.arraycopy(course, 0, rates, place * steps, steps);
    }
    return rates;
  }

  /** By what Adam's steps are multiplied. */
  private static double[] corrections(long done, int steps) {
    double[] corrections = new double[steps];
    for (int i = 0; i < steps; i++) {
      long t = done + i + 1;
      corrections[i] =
          Math.sqrt(1 - StrictMath.pow(Optimizer.ADAM_SQUARE_DECAY, t))
              / (1 - StrictMath.pow(Optimizer.ADAM_MEAN_DECAY, t));
    }
    return corrections;
  }

  private static int[] living(List<CudaTrial> trials) {
    return IntStream.range(0, trials.size()).filter(i -> trials.get(i).lives()).toArray();
  }

  /** Does what concerns one trial, which goes on unless that fails. */
  private void attempt(CudaTrial trial, Runnable part) {
    alone(
        trial,
        () -> {
          part.run();
          return Optional.empty();
        });
  }

  /** Does what concerns one trial, on its time, and ends it if it has an outcome then. */
  private void alone(CudaTrial trial, Supplier<Optional<Outcome>> part) {
    long start = System.nanoTime();
    Optional<Outcome> outcome = Work.guarded(part);
    trial.spent(System.nanoTime() - start);
    outcome.ifPresent(o -> end(trial, o));
  }

  private void end(CudaTrial trial, Outcome outcome) {
    trial.end();
    ends.ended(trial.work(), outcome, trial.seconds());
  }

  /** By what the rates of a trial's layers are multiplied: kernel, bias, kernel, bias, ... */
  static double[] factors(Setup setup) {
    double[] factors = new double[2 * setup.sites().size()];
    int at = 0;
    for (Site site : setup.sites()) {
      factors[at++] = setup.rates(site).kernel();
      factors[at++] = setup.rates(site).bias();
    }
    return factors;
  }
}
