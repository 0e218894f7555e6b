package org.initlab.init.nd4j;

import java.util.Map;
import org.initlab.init.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
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
      Map.ofEntries(
          Map.entry(new ActivationReLU(), Activation.RELU),
          Map.entry(new ActivationLReLU(), Activation.LEAKY_RELU),
          Map.entry(new ActivationELU(), Activation.ELU),
          Map.entry(new ActivationSELU(), Activation.SELU),
          Map.entry(new ActivationSwish(), Activation.SILU),
          Map.entry(new ActivationTanH(), Activation.TANH),
          Map.entry(new ActivationSigmoid(), Activation.SIGMOID),
          Map.entry(new ActivationSoftSign(), Activation.SOFTSIGN),
          Map.entry(new ActivationHardTanH(), Activation.HARD_TANH),
          Map.entry(new ActivationSoftPlus(), Activation.SOFTPLUS),
          Map.entry(new ActivationMish(), Activation.MISH),
          Map.entry(new ActivationGELU(true), Activation.GELU));

  private Dl4jActivation() {}

  /** Ours; the identity where there is none, as for softmax or a leaky slope other than 0.01. */
  static Activation of(IActivation activation) {
    return OURS.getOrDefault(activation, Activation.IDENTITY);
  }
}
