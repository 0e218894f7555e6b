package org.initlab.experiment.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Trial;
import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.trial.Architectures;
import org.initlab.experiment.trial.Engines;
import org.initlab.experiment.trial.Optimizer;
import org.initlab.experiment.trial.Topology;

/**
 * What an update is timed on: a dense network 784-[width]*depth-10 with cross-entropy, from
 * Glorot's uniform weights, at a rate so low that no loss overflows.
 *
 * @param width units of a hidden layer
 * @param depth hidden layers
 * @param batch examples an update
 * @param activation of the hidden layers, as studies name it
 * @param optimizer as studies name it
 */
public record Workload(int width, int depth, int batch, String activation, String optimizer) {

  static final Volume IMAGE = new Volume(28, 28, 1);
  static final int INPUTS = IMAGE.size();
  static final int CLASSES = 10;

  /** More would time memory, and overflow an array's index at large widths. */
  private static final int MOST_EXAMPLES = 10_000;

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException with a sentence on what is allowed
   */
  public Workload {
    within("width", width, 100_000);
    within("depth", depth, 1_000);
    within("batch", batch, MOST_EXAMPLES);
    activation = Architectures.activation(activation.strip().replace('-', '_')).title();
    optimizer = Optimizer.named(optimizer.strip()).title();
    Trial trial = trial(Engines.AUTO, width, depth, batch, activation, optimizer, 1);
    Engines.objection(trial)
        .ifPresent(
            objection -> {
              throw new IllegalArgumentException(objection);
            });
  }

  private static void within(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          String.format("%s %d is not possible. Allowed: 1 to %,d.", what, value, most));
    }
  }

  /** So many updates of it on this engine, with nothing measured but the loss. */
  Trial trial(String engine, long updates) {
    return trial(engine, width, depth, batch, activation, optimizer, updates);
  }

  private static Trial trial(
      String engine,
      int width,
      int depth,
      int batch,
      String activation,
      String optimizer,
      long updates) {
    Map<String, String> cell = new TreeMap<>();
    for (Argument argument : Argument.values()) {
      argument.standard().ifPresent(value -> cell.put(argument.key(), value));
    }
    cell.put(Argument.DATASET.key(), "mnist-6k");
    cell.put(Argument.SCHEME.key(), "glorot_uniform");
    cell.put(Argument.LEARNING_RATE.key(), "0.001");
    cell.put(Argument.ACTIVATION.key(), activation);
    cell.put(Argument.OPTIMIZER.key(), optimizer);
    cell.put(Argument.WIDTH.key(), Integer.toString(width));
    cell.put(Argument.DEPTH.key(), Integer.toString(depth));
    cell.put(Argument.BATCH.key(), Integer.toString(batch));
    cell.put(Argument.STEPS.key(), Long.toString(updates));
    cell.put(Argument.ENGINE.key(), engine);
    return Trial.of("bench", cell, 0, 1, new Measure(List.of(), List.of(), Map.of()));
  }

  /** Depth and width, as people write them: 5x100. */
  public String title() {
    return depth + "x" + width;
  }

  /** Weights of all kernels; biases are left out. */
  public double weights() {
    return topology().sites().stream().mapToDouble(site -> site.shape().size()).sum();
  }

  /** Floating-point operations of an update's matrix products. */
  public double flops() {
    return topology().flopsPerStep(batch);
  }

  /**
   * Bytes that an update cannot but move between the weights' memory and the core: each weight read
   * on the way forward, and read and written on the way back.
   */
  public double bytes() {
    return 3.0 * Float.BYTES * weights();
  }

  private Topology topology() {
    return Architectures.MLP.topology(trial(Engines.AUTO, 1), IMAGE, CLASSES);
  }
}
