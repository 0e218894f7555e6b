package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * The weights of another initializer times a number. The variance is multiplied by its square: it
 * is a factor on the weights, and not a {@link org.initlab.init.Gain}.
 *
 * @param base the other initializer
 * @param factor finite
 */
public record Scaled(Initializer base, double factor) implements Initializer {

  public Scaled {
    Require.finite("scaled", "factor", factor);
  }

  @Override
  public Optional<String> objection(Site site) {
    return base.objection(site);
  }

  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    return base.ensemble(site).map(ensemble -> ensemble.times(factor));
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights weights = base.draw(site, key);
    float[] values = weights.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor);
    }
    return weights;
  }
}
