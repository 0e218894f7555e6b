package org.initlab.experiment.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Trial;
import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.trial.Architectures;
import org.initlab.experiment.trial.Engines;
import org.initlab.experiment.trial.Optimizer;
import org.initlab.experiment.trial.Precision;
import org.initlab.experiment.trial.Topology;

/**
 * What an update is timed on: a network from 28x28 numbers to 10 classes with cross-entropy, from
 * Glorot's uniform weights, at a rate so low that no loss overflows, in each engine's precision.
 * What an architecture has beyond these parts (a kernel's side, padding, halvings, the head) is as
 * studies have it that do not name it.
 *
 * @param architecture as studies name it
 * @param width units of a hidden layer, or channels of the first convolutions
 * @param depth hidden layers, convolutions or blocks
 * @param batch examples an update
 * @param activation of the hidden layers, as studies name it
 * @param optimizer as studies name it
 */
public record Workload(
    String architecture, int width, int depth, int batch, String activation, String optimizer) {

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
    architecture = Architectures.named(word(architecture)).title();
    activation = Architectures.activation(word(activation)).title();
    optimizer = Optimizer.named(word(optimizer)).title();
    Map<String, String> cell = cell(architecture, width, depth, batch, activation, optimizer);
    Engines.objection(trial(cell, Engines.AUTO, 1))
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

  private static String word(String name) {
    return name.strip().replace('-', '_');
  }

  /** A dense network. */
  public static Workload dense(
      int width, int depth, int batch, String activation, String optimizer) {
    return new Workload(Architectures.MLP.title(), width, depth, batch, activation, optimizer);
  }

  /** So many updates of it on this engine, with nothing measured but the loss. */
  Trial trial(String engine, Precision precision, long updates) {
    Map<String, String> cell = cell(architecture, width, depth, batch, activation, optimizer);
    cell.put(Argument.PRECISION.key(), precision.title());
    return trial(cell, engine, updates);
  }

  /** One update of it in the usual precision, on whatever engine. */
  private Trial trial() {
    return trial(Engines.AUTO, Precision.FLOAT32, 1);
  }

  private static Trial trial(Map<String, String> cell, String engine, long updates) {
    cell.put(Argument.STEPS.key(), Long.toString(updates));
    cell.put(Argument.ENGINE.key(), engine);
    return Trial.of("bench", cell, 0, 1, new Measure(List.of(), List.of(), Map.of()));
  }

  private static Map<String, String> cell(
      String architecture, int width, int depth, int batch, String activation, String optimizer) {
    Map<String, String> cell = new TreeMap<>();
    for (Argument argument : Argument.values()) {
      argument.standard().ifPresent(value -> cell.put(argument.key(), value));
    }
    cell.put(Argument.DATASET.key(), "mnist-6k");
    cell.put(Argument.SCHEME.key(), "glorot_uniform");
    cell.put(Argument.LEARNING_RATE.key(), "0.001");
    cell.put(Argument.ARCHITECTURE.key(), architecture);
    cell.put(Argument.ACTIVATION.key(), activation);
    cell.put(Argument.OPTIMIZER.key(), optimizer);
    cell.put(Argument.WIDTH.key(), Integer.toString(width));
    cell.put(Argument.DEPTH.key(), Integer.toString(depth));
    cell.put(Argument.BATCH.key(), Integer.toString(batch));
    return cell;
  }

  private boolean isMlp() {
    return architecture.equals(Architectures.MLP.title());
  }

  /** Depth and width, as people write them: 5x100; of other networks with their name. */
  public String title() {
    String size = depth + "x" + width;
    return isMlp() ? size : architecture + " " + size;
  }

  /** The network but for its width: 784-[width]x5-10, or what its layers give for an example. */
  public String network() {
    if (isMlp()) {
      return "784-[width]x" + depth + "-10";
    }
    Trial trial = trial();
    if (!Architectures.named(architecture).convolves()) {
      return "784-" + architecture + " of depth " + depth + "-10";
    }
    return IMAGE
        + "-"
        + architecture
        + " of depth "
        + depth
        + "-10, "
        + String.join(
            ", ",
            Stream.of(
                    Argument.KERNEL,
                    Argument.PADDING,
                    Argument.HALVINGS,
                    Argument.DOWNSAMPLING,
                    Argument.GROWTH,
                    Argument.HEAD)
                .map(argument -> argument.key() + " " + trial.text(argument.key()))
                .toList());
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
    return Architectures.named(architecture).topology(trial(), IMAGE, CLASSES);
  }
}
