package org.initlab.experiment.trial;

import java.util.OptionalDouble;
import org.initlab.init.Activation;

/**
 * How a dense layer hangs in its network: its output is {@code z = gate f(s) + z(skip)}, the gate
 * being 1 and the sum empty in a plain layer.
 *
 * @param activation f
 * @param skip the layer whose output is added, below this one; {@link #NONE} for a plain layer
 * @param gate the value from which a learned gate starts; NaN where there is no gate. A layer with
 *     a gate has the identity for f
 */
record Link(Activation activation, int skip, float gate) {

  static final int NONE = -1;

  Link {
    if ((skip != NONE || !Float.isNaN(gate)) && activation != Activation.IDENTITY) {
      throw new IllegalArgumentException("Gates and sums stand behind layers of no activation.");
    }
  }

  /** A layer of a chain. */
  static Link plain(Activation activation) {
    return new Link(activation, NONE, Float.NaN);
  }

  /** The same with its gate, if it has one, starting at {@code value}, if there is one. */
  Link startingAt(OptionalDouble value) {
    return hasGate() && value.isPresent()
        ? new Link(activation, skip, (float) value.getAsDouble())
        : this;
  }

  boolean hasGate() {
    return !Float.isNaN(gate);
  }
}
