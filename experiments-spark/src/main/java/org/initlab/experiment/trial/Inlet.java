package org.initlab.experiment.trial;

import java.util.List;
import java.util.Optional;
import org.initlab.experiment.numeric.Pooling;
import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.numeric.Window;

/**
 * How a layer reads what is below it.
 *
 * @param below what one example is there
 * @param poolings what is done to it first, one after another
 * @param window where a convolution looks in what is left; empty for a dense layer, to which each
 *     number that is left is an input
 */
public record Inlet(Volume below, List<Pooling> poolings, Optional<Window> window) {

  public Inlet {
    poolings = List.copyOf(poolings);
  }

  /** Places of the layer's outputs; 1 for a dense layer. */
  int places() {
    return window.map(Window::places).orElse(1);
  }

  /** What an example is when the layer looks at it. */
  Volume read() {
    Volume left = below;
    for (Pooling pooling : poolings) {
      left = pooling.of(left);
    }
    return left;
  }
}
