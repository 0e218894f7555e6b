package org.initlab.experiment;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.initlab.init.Activation;
import org.initlab.init.LiveNetwork;
import org.initlab.init.WeightEnsemble;

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

  /** The layer whose output is added to this one's; nothing in a chain. */
  OptionalInt skip(int layer);

  /** What the layer's output is multiplied by before the sum; 1 where there is no gate. */
  double gate(int layer);

  /**
   * What the layer's kernel was drawn from; nothing if theory knows no such draw, or once weights
   * have been calibrated or trained.
   */
  Optional<WeightEnsemble> kernelEnsemble(int layer);

  /** The same of the layer's biases; those that start at 0 have the variance 0. */
  Optional<WeightEnsemble> biasEnsemble(int layer);

  /** Mean loss over the held-out examples. */
  double heldOutLoss();

  /** Fraction of held-out examples that are classified wrongly. */
  double heldOutError();

  /** Mean loss over the validation examples; NaN where the trial keeps none apart. */
  double validationLoss();

  /** Fraction of validation examples that are classified wrongly; NaN where there are none. */
  double validationError();

  /** Mean training loss of the updates since the last snapshot; NaN before the first update. */
  double trainingLoss();

  /**
   * Units of a layer: numbers that it gives for one example. In a convolution these are its places
   * times its channels, the channels of a place together.
   */
  int units(int layer);

  /** Examples in the probe. */
  int probeExamples();

  /** The probe's numbers, [probe, units(0)]. */
  float[] inputs();

  /**
   * What is wanted of the outputs on the probe, [probe, units(layers())]: the vector for which an
   * example's label stands, or 1 for its class and 0 for others.
   */
  float[] targets();

  /**
   * The rate at which every kernel learns by plain SGD on the mean loss of a batch, where it is the
   * same at every update, no weight decays and no bias learns; nothing otherwise.
   */
  OptionalDouble steadyRate();

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

  /** Moments of a signal in a layer, over its units and the probe, or over a kernel's weights. */
  default Moments moments(Signal signal, int layer) {
    return Moments.of(signal.of(this, layer));
  }

  /**
   * The 98th percentile of a hidden layer's absolute activations on the probe, the one of rank
   * {@code ceil(0.98 n)} of n, if it was found where the weights lie; else nothing.
   */
  default OptionalDouble foundSaturation(int layer) {
    return OptionalDouble.empty();
  }

  /**
   * The fraction of a hidden layer's units whose slope is at most 1e-6 for every probe example, NaN
   * where a pre-activation is no number, if it was found where the weights lie; else nothing.
   */
  default OptionalDouble foundDeadUnits(int layer) {
    return OptionalDouble.empty();
  }

  /**
   * The same network in double precision, to be asked for gradients elsewhere; its probe is batch
   * 0, its first examples if fewer are asked for. It takes several times the network's memory.
   */
  LiveNetwork live();
}
