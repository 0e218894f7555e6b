package org.initlab.init.model;

import java.util.List;

/**
 * A model as it was read, before any training.
 *
 * @param name its own
 * @param format what it was read from, in words
 * @param layers each behind those whose outputs it takes
 * @param notices what could not be told, a sentence each
 */
public record Model(String name, String format, List<ModelLayer> layers, List<String> notices) {

  public Model {
    layers = List.copyOf(layers);
    notices = List.copyOf(notices);
  }

  /** All parameters. */
  public long parameters() {
    return layers.stream().mapToLong(ModelLayer::parameters).sum();
  }
}
