package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;

/**
 * An initializer by the law of another one, in numbers of its own: another framework's rounding, or
 * another key. What is said of the other holds for it.
 */
public interface Renumbered extends Initializer {

  /** The other initializer. */
  Initializer rule();

  @Override
  default Optional<String> objection(Site site) {
    return rule().objection(site);
  }

  @Override
  default Optional<WeightEnsemble> ensemble(Site site) {
    return rule().ensemble(site);
  }
}
