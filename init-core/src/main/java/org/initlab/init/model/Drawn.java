package org.initlab.init.model;

import org.initlab.init.Fans;

/**
 * A kernel as its framework draws it.
 *
 * @param role its name in the layer: kernel, recurrent_kernel, depthwise_kernel, ...
 * @param fans as the framework counts them for its initializers
 * @param initializer the framework's name for what draws it
 * @param variance of a weight; NaN where it is not known
 * @param gathers the weights of which one output is the sum, n: outputs have the variance n Var(w)
 *     E[x^2]
 * @param spreads the outputs to which one input goes
 */
public record Drawn(
    String role, Fans fans, String initializer, double variance, double gathers, double spreads) {

  /** The same kernel with weights of another variance. */
  public Drawn with(String otherInitializer, double otherVariance) {
    return new Drawn(role, fans, otherInitializer, otherVariance, gathers, spreads);
  }
}
