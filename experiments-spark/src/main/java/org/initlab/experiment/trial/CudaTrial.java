package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.initlab.device.cuda.CudaTraining;
import org.initlab.device.cuda.CudaTraining.Progress;
import org.initlab.device.cuda.TrainingPlan;
import org.initlab.experiment.Outcome;

/** One trial of those that a GPU trains together. */
final class CudaTrial {

  private final Work work;
  private final TrainingPlan plan;
  private Parameters first;
  private DenseNetwork copy;
  private double nanos;
  private boolean ended;

  CudaTrial(Work work, TrainingPlan plan) {
    this.work = work;
    this.plan = plan;
  }

  Work work() {
    return work;
  }

  Setup setup() {
    return work.setup();
  }

  boolean lives() {
    return !ended;
  }

  /** Draws the weights and shows them; a trial without updates is done then. */
  Optional<Outcome> begin() {
    first = setup().first();
    if (work.recorder().due(0)) {
      show(0, first);
    }
    return setup().steps() == 0 ? Optional.of(new Outcome.Completed()) : Optional.empty();
  }

  /** Sends the weights to the GPU. */
  void start(CudaTraining training, int place, int stream) {
    float[] values = new float[plan.parameters()];
    for (int layer = 1; layer <= plan.shape().layers(); layer++) {
      float[] kernel = first.kernels().get(layer - 1);
      float[] bias = first.biases().get(layer - 1);
      System.arraycopy(kernel, 0, values, plan.kernelAt(layer), kernel.length);
      System.arraycopy(bias, 0, values, plan.kernelAt(layer) + kernel.length, bias.length);
    }
    first = null;
    training.start(
        place,
        values,
        setup().optimizer() == Optimizer.RMSPROP ? (float) Optimizer.EPSILON : 0,
        CudaTrials.factors(setup()),
        (float) setup().trial().number("weight_decay"),
        (float) setup().trial().number("momentum"),
        stream);
  }

  /** Whether the GPU must stop after this update. */
  boolean stopsAt(long step) {
    return step == setup().steps() || work.recorder().due(step);
  }

  /** Hears of the updates {@code done + 1} to {@code done + steps}. */
  Optional<Outcome> goneOn(
      CudaTraining training, int place, Progress progress, long done, int steps) {
    long end = progress.ends()[place];
    long last = end > 0 ? end - 1 : done + steps;
    for (long step = done + 1; step <= last; step++) {
      work.recorder().loss(progress.losses()[place * steps + (int) (step - done - 1)]);
    }
    if (end > 0) {
      return Optional.of(new Outcome.Diverged(end));
    }
    if (work.recorder().due(last)) {
      show(last, read(training.parameters(place)));
    }
    return last == setup().steps() ? Optional.of(new Outcome.Completed()) : Optional.empty();
  }

  private Parameters read(float[] values) {
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int layer = 1; layer <= plan.shape().layers(); layer++) {
      int at = plan.kernelAt(layer);
      int size = plan.shape().in(layer) * plan.shape().out(layer);
      kernels.add(Arrays.copyOfRange(values, at, at + size));
      biases.add(Arrays.copyOfRange(values, at + size, at + size + plan.shape().out(layer)));
    }
    return new Parameters(kernels, biases);
  }

  private void show(long step, Parameters now) {
    if (copy == null) {
      // The network keeps the biases that it is made of, and first is still to be sent.
      copy =
          new DenseNetwork(
              new Parameters(now.kernels(), now.biases().stream().map(float[]::clone).toList()),
              setup().links());
    } else {
      copy.set(now);
    }
    work.recorder().show(step, copy);
  }

  void spent(double more) {
    nanos += more;
  }

  double seconds() {
    return nanos / 1e9;
  }

  void end() {
    ended = true;
    free();
  }

  void free() {
    work.recorder().close();
    if (copy != null) {
      copy.close();
      copy = null;
    }
  }
}
