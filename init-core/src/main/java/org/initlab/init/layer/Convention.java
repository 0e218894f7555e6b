package org.initlab.init.layer;

import java.util.Locale;

/** Who counts the fans. */
public enum Convention {
  /** What the words mean: weights into one output unit, and weights out of one input unit. */
  PAPER,
  /** Keras 3's {@code compute_fans} on the shapes in which its layers store their kernels. */
  KERAS,
  /** PyTorch's {@code _calculate_fan_in_and_fan_out} on the shapes of its modules' weights. */
  PYTORCH,
  /** JAX's {@code variance_scaling} on the shapes of Flax's layers. */
  JAX,
  /** What Deeplearning4j 1.0.0-M2.1 hands to an {@code IWeightInit}. */
  DL4J;

  /** The name in texts. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
