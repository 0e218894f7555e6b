package org.initlab.init;

import java.util.List;

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
   * A loss and its gradient.
   *
   * @param loss the mean over the probe
   * @param gradient of every kernel and bias
   */
  record Slope(double loss, Tensors gradient) {}
}
