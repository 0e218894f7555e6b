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

  /** Draws every tensor by {@code scheme}; a tensor's stream is named by its site. */
  default void initialize(Scheme scheme, Key key) {
    for (Site site : sites()) {
      set(site, scheme.at(site).draw(site, key.at(site.name())));
    }
  }
}
