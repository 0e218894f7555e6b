package org.initlab.init;

import java.util.List;
import org.initlab.init.random.Key;

/** A network whose weight tensors can be read and replaced, whatever framework holds them. */
public interface Network {

  /** The weight tensors (kernels, not biases), from the input to the output. */
  List<Site> sites();

  /** A copy of the weights at {@code site}. */
  Weights get(Site site);

  /** Replaces the weights at {@code site}. */
  void set(Site site, Weights weights);

  /** Whether outputs of the kernel at {@code site} have a bias added that can be replaced. */
  default boolean hasBias(Site site) {
    return false;
  }

  /** Replaces the biases behind the kernel at {@code site}, which must have some. */
  default void setBias(Site site, Weights bias) {
    throw new IllegalArgumentException(site.name() + " has no bias.");
  }

  /**
   * Draws every kernel by {@code scheme}, and the biases of which it says something; a tensor's
   * stream is named by its site. A scheme that cannot serve this network is refused beforehand.
   */
  default void initialize(Scheme scheme, Key key) {
    scheme
        .objection(sites())
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    for (Site site : sites()) {
      set(site, scheme.at(site).draw(site, key.at(site.name())));
      if (hasBias(site)) {
        Site bias = site.bias();
        scheme
            .bias(site)
            .ifPresent(biases -> setBias(site, biases.draw(bias, key.at(bias.name()))));
      }
    }
  }
}
