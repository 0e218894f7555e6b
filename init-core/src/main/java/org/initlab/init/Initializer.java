package org.initlab.init;

import java.util.Optional;
import org.initlab.init.random.Key;

/**
 * Draws one weight tensor from what is known about it. The same site and key give the same bits.
 */
@FunctionalInterface
public interface Initializer {

  /** The weights of {@code site}, in the layout of {@link Weights}. */
  Weights draw(Site site, Key key);

  /**
   * What the theory of wide networks may take the weights of {@code site} for; nothing if they are
   * none of what it knows, or if this cannot fill the site.
   */
  default Optional<WeightEnsemble> ensemble(Site site) {
    return Optional.empty();
  }

  /** Why this cannot fill {@code site}, in a sentence; nothing if it can. */
  default Optional<String> objection(Site site) {
    return Optional.empty();
  }
}
