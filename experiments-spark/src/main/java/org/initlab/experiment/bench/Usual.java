package org.initlab.experiment.bench;

import java.util.List;
import org.initlab.experiment.trial.Architectures;

/**
 * The sizes that networks of a kind are timed at where nobody names others.
 *
 * @param widths units of a hidden layer, or channels of the first convolutions
 * @param depth hidden layers, convolutions or blocks
 * @param batch examples an update
 * @param activation of the hidden layers, as studies name it
 */
public record Usual(List<Integer> widths, int depth, int batch, String activation) {

  /** The networks of Glorot and Bengio 2010, section 2.3, and of others after them. */
  private static final Usual DENSE = new Usual(List.of(32, 100, 300, 1000), 5, 10, "tanh");

  /**
   * Two groups of two convolutions of 3x3, each ending with a maximum over 2x2, the channels
   * doubled behind the first: the smallest network of VGG's pattern (Simonyan and Zisserman 2014),
   * and with 32 channels about Keras' introductory ones.
   */
  private static final Usual CONVOLUTIONS = new Usual(List.of(8, 16, 32, 64), 4, 32, "relu");

  public Usual {
    widths = List.copyOf(widths);
  }

  /**
   * Those of an architecture.
   *
   * @throws IllegalArgumentException with a sentence if there is none of this name
   */
  public static Usual of(String architecture) {
    String name = architecture.strip().replace('-', '_');
    return Architectures.named(name).convolves() ? CONVOLUTIONS : DENSE;
  }
}
