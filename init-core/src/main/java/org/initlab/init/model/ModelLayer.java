package org.initlab.init.model;

import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;

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

  /** Its activation, where it has one of our table. */
  public Optional<Activation> activation() {
    if (effect instanceof Effect.Weighted weighted) {
      return weighted.activation();
    }
    return effect instanceof Effect.Activate activate ? activate.activation() : Optional.empty();
  }

  /** Its kernels; none in most layers. */
  public List<Drawn> kernels() {
    if (effect instanceof Effect.Weighted weighted) {
      return weighted.kernels();
    }
    if (effect instanceof Effect.Recurrent recurrent) {
      return recurrent.kernels();
    }
    return effect instanceof Effect.Lookup lookup ? List.of(lookup.table()) : List.of();
  }

  /** Numbers that go out for one example; 0 if a length is open or the shape not known. */
  public double size() {
    boolean open = shape.isEmpty() || shape.stream().anyMatch(n -> n < 0);
    return open ? 0 : shape.stream().mapToDouble(n -> n).reduce(1, (a, b) -> a * b);
  }
}
