package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * An initializer with a key of its own: JAX's {@code initializer(jax.random.key(seed), shape)}. The
 * key that it is given does not count, so every tensor of one shape gets the same weights.
 *
 * @param seed JAX's seed, from 0 to 2^32 - 1
 * @param rule what is drawn
 */
public record Keyed(long seed, Initializer rule) implements Renumbered {

  /** Nothing: tensors of one shape have the same weights. */
  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    return Optional.empty();
  }

  @Override
  public Weights draw(Site site, Key key) {
    return rule.draw(site, Key.of(seed));
  }
}
