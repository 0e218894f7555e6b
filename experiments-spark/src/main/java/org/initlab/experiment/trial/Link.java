package org.initlab.experiment.trial;

import java.util.Optional;
import java.util.OptionalDouble;
import org.initlab.init.Activation;

/**
 * How a layer hangs in its network: its output is {@code z = gate f(s) + z(skip)}, the gate being 1
 * and the sum empty in a plain layer.
 *
 * @param activation f
 * @param skip the layer whose output is added, below this one; {@link #NONE} for a plain layer
 * @param gate the value from which a learned gate starts; NaN where there is no gate. A layer with
 *     a gate has the identity for f
 * @param inlet how it reads the layer below; empty for a dense layer that reads all of it
 */
public record Link(Activation activation, int skip, float gate, Optional<Inlet> inlet) {

  static final int NONE = -1;

  public Link {
    if ((skip != NONE || !Float.isNaN(gate)) && activation != Activation.IDENTITY) {
      throw new IllegalArgumentException("Gates and sums stand behind layers of no activation.");
    }
  }

  /** A dense layer. */
  Link(Activation activation, int skip, float gate) {
    this(activation, skip, gate, Optional.empty());
  }

  /** A dense layer of a chain. */
  static Link plain(Activation activation) {
    return new Link(activation, NONE, Float.NaN);
  }

  /** The same with its gate, if it has one, starting at {@code value}, if there is one. */
  Link startingAt(OptionalDouble value) {
    return hasGate() && value.isPresent()
        ? new Link(activation, skip, (float) value.getAsDouble(), inlet)
        : this;
  }

  /** The same with a sum and, unless {@code gate} is NaN, a gate. */
  Link joining(int skip, float gate) {
    return new Link(activation, skip, gate, inlet);
  }

  boolean hasGate() {
    return !Float.isNaN(gate);
  }

  /** Places of its outputs, at each of which its kernel is used; 1 for a dense layer. */
  int places() {
    return inlet.map(Inlet::places).orElse(1);
  }
}
