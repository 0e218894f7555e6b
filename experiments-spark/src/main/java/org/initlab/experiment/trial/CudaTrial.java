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
  private final Viewer viewer;
  private final long steps;
  private Parameters first;
  private double nanos;
  private boolean ended;

  CudaTrial(Work work, TrainingPlan plan, Viewer viewer) {
    this.work = work;
    this.plan = plan;
    this.viewer = viewer;
    this.steps = work.setup().steps();
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

  /** Draws the weights. */
  void begin() {
    first = setup().first();
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

  /** The first update behind {@code done} after which the GPU must stop. */
  long nextStop(long done) {
    return setup().trial().measure().at().stream()
        .filter(step -> step > done && step < steps)
        .mapToLong(step -> step)
        .min()
        .orElse(steps);
  }

  /** Hears of the updates {@code done + 1} to {@code done + count}. */
  Optional<Outcome> goneOn(int place, Progress progress, long done, int count) {
    long end = progress.ends()[place];
    long last = end > 0 ? end - 1 : done + count;
    for (long step = done + 1; step <= last; step++) {
      work.recorder().loss(progress.losses()[place * count + (int) (step - done - 1)]);
    }
    return end > 0 ? Optional.of(new Outcome.Diverged(end)) : Optional.empty();
  }

  /** Whether it is to be looked at after this many updates. */
  boolean due(long step) {
    return work.recorder().due(step);
  }

  /** Shows its recorder what the GPU found, and its weights where a metric asks for them. */
  void show(CudaTraining training, int place, CudaSight sight, long step) {
    viewer.show(work, step, sight, () -> read(training.parameters(place)));
  }

  /** Its outcome if these were all its updates. */
  Optional<Outcome> done(long step) {
    return step == steps ? Optional.of(new Outcome.Completed()) : Optional.empty();
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

  void spent(double more) {
    nanos += more;
  }

  double seconds() {
    return nanos / 1e9;
  }

  void end() {
    ended = true;
    first = null;
  }
}
