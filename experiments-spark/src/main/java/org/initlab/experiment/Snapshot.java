package org.initlab.experiment;

import org.initlab.init.Activation;

/**
 * A network at rest after some steps, with what a metric may ask of it. Layers are numbered from 1
 * at the input; {@link #layers()} is the output layer. Matrices are row-major. What costs time is
 * computed when first asked for, and once.
 */
public interface Snapshot {

  /** Updates done. */
  long step();

  /** Layers of weights, the output layer included. */
  int layers();

  /** The nonlinearity that the network was given. */
  Activation activation();

  /** The nonlinearity of a layer: the network's, or the identity. */
  Activation activation(int layer);

  /** Whether the layer's output has another layer's added to it. */
  boolean hasSkip(int layer);

  /** Mean loss over the held-out examples. */
  double heldOutLoss();

  /** Fraction of held-out examples that are classified wrongly. */
  double heldOutError();

  /** Mean training loss of the updates since the last snapshot; NaN before the first update. */
  double trainingLoss();

  /**
   * Units of a layer: numbers that it gives for one example. In a convolution these are its places
   * times its channels, the channels of a place together.
   */
  int units(int layer);

  /** Examples in the probe. */
  int probeExamples();

  /**
   * The layer's kernel, [units(layer - 1), units(layer)]; units(0) are the inputs. Of a convolution
   * it is [kernel, kernel, in, out], of a dense layer behind pooling [what is left, units(layer)].
   */
  float[] weights(int layer);

  /** Pre-activations s = x W + b on the probe, [probe, units]. */
  float[] preActivations(int layer);

  /** Activations of a hidden layer on the probe, before any pooling, [probe, units]. */
  float[] activations(int layer);

  /** Back-propagated gradients dC/ds, C being the loss of ONE example, [probe, units]. */
  float[] preActivationGradients(int layer);

  /** Gradient of the mean loss over the probe with respect to the kernel, like the kernel. */
  float[] weightGradients(int layer);
}
