package org.initlab.device.cuda;

import java.util.List;

/**
 * What all networks of one launch have in common: fully connected layers, and how they learn. Names
 * are those of studies.
 *
 * @param inputs numbers in an example
 * @param units of each layer, from the first behind the input to the output
 * @param activations of each layer; the output's must be identity, for the loss has the softmax
 * @param batch examples an update
 * @param loss what is lowered
 * @param optimizer how
 */
public record NetworkShape(
    int inputs,
    List<Integer> units,
    List<String> activations,
    int batch,
    String loss,
    String optimizer) {

  // In the order of the enumerations of train.cu.
  private static final List<String> ACTIVATIONS =
      List.of(
          "identity",
          "relu",
          "leaky_relu",
          "elu",
          "selu",
          "gelu",
          "silu",
          "mish",
          "tanh",
          "sigmoid",
          "softsign",
          "hard_tanh",
          "erf",
          "sin",
          "softplus");
  private static final List<String> LOSSES = List.of("cross_entropy", "squared_error");
  private static final List<String> OPTIMIZERS =
      List.of("sgd", "momentum", "nesterov", "rmsprop", "adam");

  public NetworkShape {
    units = List.copyOf(units);
    activations = List.copyOf(activations);
    if (inputs < 1 || batch < 1 || units.isEmpty() || units.stream().anyMatch(u -> u < 1)) {
      throw new IllegalArgumentException("A network has inputs, units and a batch of at least 1.");
    }
    if (activations.size() != units.size()
        || !activations.get(units.size() - 1).equals("identity")) {
      throw new IllegalArgumentException("Each layer has an activation, the output identity.");
    }
    activations.forEach(NetworkShape::activation);
    index(LOSSES, loss, "loss");
    index(OPTIMIZERS, optimizer, "optimizer");
  }

  /** The same for so many examples at a time. */
  NetworkShape withBatch(int examples) {
    return new NetworkShape(inputs, units, activations, examples, loss, optimizer);
  }

  /** How many layers. */
  public int layers() {
    return units.size();
  }

  /** What a layer reads of an example; layers count from 1. */
  public int in(int layer) {
    return layer == 1 ? inputs : units.get(layer - 2);
  }

  /** What it gives. */
  public int out(int layer) {
    return units.get(layer - 1);
  }

  /** An activation's number in the kernels. */
  public static int activation(String name) {
    return index(ACTIVATIONS, name, "activation");
  }

  int activation(int layer) {
    return activation(activations.get(layer - 1));
  }

  int lossNumber() {
    return LOSSES.indexOf(loss);
  }

  int optimizerNumber() {
    return OPTIMIZERS.indexOf(optimizer);
  }

  private static int index(List<String> names, String name, String kind) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "The kernels have no "
              + kind
              + " "
              + name
              + ". Allowed: "
              + String.join(", ", names)
              + ".");
    }
    return index;
  }
}
