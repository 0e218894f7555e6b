package org.initlab.init;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A whole network's rule: which initializer draws which tensor, where biases and gates start, and
 * by what the learning rates of its layers differ.
 */
@FunctionalInterface
public interface Scheme {

  /** The initializer of this kernel. */
  Initializer at(Site site);

  /**
   * The initializer of the biases behind this kernel, for {@link Site#bias}; nothing where they
   * stay as they are, which is 0 unless the network says otherwise.
   */
  default Optional<Initializer> bias(Site kernel) {
    return Optional.empty();
  }

  /**
   * The value from which the learned gate of the branch that ends at this kernel starts; nothing
   * where the network decides.
   */
  default OptionalDouble gate(Site kernel) {
    return OptionalDouble.empty();
  }

  /** By what the learning rates of this kernel and its bias are multiplied. */
  default Rates rates(Site kernel, Rates.Rule rule) {
    return Rates.ONE;
  }

  /** Whether any {@link #rates} are not 1. */
  default boolean scalesRates() {
    return false;
  }

  /** Why this cannot initialize a network of these kernels, in a sentence; nothing if it can. */
  default Optional<String> objection(List<Site> kernels) {
    return kernels.stream()
        .map(site -> at(site).objection(site))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The scheme that uses one initializer for every kernel. */
  static Scheme everywhere(Initializer initializer) {
    return site -> initializer;
  }
}
