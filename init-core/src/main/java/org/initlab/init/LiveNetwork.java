package org.initlab.init;

import java.util.List;
import java.util.function.Function;

/**
 * A network that data can be sent through. Numbers are in double precision, so that differences of
 * gradients can be taken.
 */
public interface LiveNetwork {

  /** The kernels, from the input to the output. */
  List<Site> sites();

  /** The parameters as they are: a copy. */
  Tensors parameters();

  /** Replaces all parameters. */
  void set(Tensors parameters);

  /** The outputs s = x W + b of a layer, before its activation, on a probe: [examples, units]. */
  double[] outputs(Site site, Probe probe);

  /** The mean loss over a probe and its gradient, with these parameters rather than its own. */
  Slope slope(Tensors at, Probe probe);

  /**
   * The same as a function of the parameters near {@code place}, with every kink of an activation
   * on the side on which {@code place} has it. That function's derivatives at {@code place} are
   * what automatic differentiation gives, which knows nothing of the jump of a ReLU's slope;
   * differences of {@link #slope} take in every kink that lies between two places.
   */
  default Function<Tensors, Slope> near(Tensors place, Probe probe) {
    return at -> slope(at, probe);
  }

  /**
   * A loss and its gradient.
   *
   * @param loss the mean over the probe
   * @param gradient of every kernel and bias
   */
  record Slope(double loss, Tensors gradient) {}
}
