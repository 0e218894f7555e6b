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

  /** Why this cannot fill {@code site}, in a sentence; nothing if it can. */
  default Optional<String> objection(Site site) {
    return Optional.empty();
  }
}
