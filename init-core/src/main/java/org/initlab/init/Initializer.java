package org.initlab.init;

import org.initlab.init.random.Key;

/**
 * Draws one weight tensor from what is known about it. The same site and key give the same bits.
 */
@FunctionalInterface
public interface Initializer {

  /** The weights of {@code site}, in the layout of {@link Weights}. */
  Weights draw(Site site, Key key);
}
