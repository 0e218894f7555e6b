package org.initlab.init.nd4j;

import java.util.Map;
import org.initlab.init.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftSign;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Which of Deeplearning4j's activations is which of ours, at Deeplearning4j's default slopes. */
final class Dl4jActivation {

  private static final Map<IActivation, Activation> OURS =
      Map.of(
          new ActivationReLU(), Activation.RELU,
          new ActivationLReLU(), Activation.LEAKY_RELU,
          new ActivationELU(), Activation.ELU,
          new ActivationSELU(), Activation.SELU,
          new ActivationSwish(), Activation.SILU,
          new ActivationTanH(), Activation.TANH,
          new ActivationSigmoid(), Activation.SIGMOID,
          new ActivationSoftSign(), Activation.SOFTSIGN,
          new ActivationHardTanH(), Activation.HARD_TANH,
          new ActivationSoftPlus(), Activation.SOFTPLUS);

  private Dl4jActivation() {}

  /** Ours; the identity where there is none, as for softmax or a leaky slope other than 0.01. */
  static Activation of(IActivation activation) {
    return OURS.getOrDefault(activation, Activation.IDENTITY);
  }
}
