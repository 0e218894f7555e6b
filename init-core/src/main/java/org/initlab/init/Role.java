package org.initlab.init;

/** What a tensor does in its network. */
public enum Role {
  /** The first layer's kernel: its inputs are data. */
  INPUT,
  /** A kernel between two hidden layers. */
  HIDDEN,
  /** The last layer's kernel: its outputs are logits or predictions. */
  OUTPUT,
  /** The kernel from a recurrent layer's state to itself. */
  RECURRENT,
  /** A vector that is added to a layer's outputs. */
  BIAS
}
