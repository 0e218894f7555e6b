package org.initlab.init.model;

import java.util.List;

/**
 * A layer of a model.
 *
 * @param name in the model
 * @param type the framework's name for its kind
 * @param inputs names of the layers whose outputs it takes
 * @param shape of its output without the batch; -1 for a length that is open, empty if not known
 * @param parameters numbers that it learns or keeps
 * @param effect what it does to a signal
 */
public record ModelLayer(
    String name,
    String type,
    List<String> inputs,
    List<Long> shape,
    long parameters,
    Effect effect) {

  public ModelLayer {
    inputs = List.copyOf(inputs);
    shape = List.copyOf(shape);
  }

  /** The same layer with another effect. */
  public ModelLayer with(Effect other) {
    return new ModelLayer(name, type, inputs, shape, parameters, other);
  }
}
