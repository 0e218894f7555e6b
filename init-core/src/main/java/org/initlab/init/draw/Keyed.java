package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * An initializer with a key of its own: JAX's {@code initializer(jax.random.key(seed), shape)}. The
 * key that it is given does not count, so every tensor of one shape gets the same weights.
 *
 * @param seed JAX's seed, from 0 to 2^32 - 1
 * @param initializer what is drawn
 */
public record Keyed(long seed, Initializer initializer) implements Initializer {

  @Override
  public Optional<String> objection(Site site) {
    return initializer.objection(site);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights.requireRoom(site, this);
    return initializer.draw(site, Key.of(seed));
  }
}
