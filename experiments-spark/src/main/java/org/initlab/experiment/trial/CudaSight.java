package org.initlab.experiment.trial;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.initlab.device.cuda.CudaLook.Answers;
import org.initlab.device.cuda.CudaProbe;
import org.initlab.experiment.Moments;
import org.initlab.experiment.Need;
import org.initlab.experiment.Signal;

/**
 * What a GPU found of one trial's network, as far as its metrics asked and the kernels know it.
 *
 * @param probe the examples of the probe
 * @param heldOut loss and error on held-out examples
 * @param validation the same on validation examples
 * @param found what happened to the probe
 * @param needs what was asked of it
 */
record CudaSight(
    Examples probe,
    Optional<Answers> heldOut,
    Optional<Answers> validation,
    Optional<CudaProbe> found,
    Set<Need> needs) {

  CudaSight {
    needs = Set.copyOf(needs);
  }

  Optional<Moments> moments(Signal signal, int layer) {
    Need need =
        switch (signal) {
          case PRE_ACTIVATIONS, ACTIVATIONS -> Need.SIGNALS;
          case PRE_ACTIVATION_GRADIENTS, WEIGHT_GRADIENTS -> Need.GRADIENTS;
        };
    CudaProbe.Signal its = CudaProbe.Signal.valueOf(signal.name());
    return asked(need).map(p -> Moments.of(p.mean(its, layer), p.variance(its, layer)));
  }

  OptionalDouble saturation(int layer) {
    return number(asked(Need.SATURATION).map(p -> p.saturation(layer)));
  }

  OptionalDouble deadUnits(int layer) {
    return number(asked(Need.SIGNALS).map(p -> p.deadUnits(layer)));
  }

  /** dC/ds of the output layer, [probe, outputs], if it was fetched. */
  Optional<float[]> outputGradients() {
    return found.map(CudaProbe::outputGradients).filter(gradients -> gradients.length > 0);
  }

  private Optional<CudaProbe> asked(Need need) {
    return needs.contains(need) ? found : Optional.empty();
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
