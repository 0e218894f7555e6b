package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * Independent weights of one deviation, whatever the layer's fans.
 *
 * <p>Formula: deviation times a draw of {@code law}, which has variance 1. It is not a variance
 * scaling: wide layers are not given smaller weights.
 *
 * @param deviation the standard deviation of the weights themselves, at least 0 and finite
 * @param law the shape of the distribution
 */
public record FixedScale(double deviation, Law law) implements Initializer {

  public FixedScale {
    Require.factor("fixed scale", "deviation", deviation);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights weights = Weights.zeros(site, "fixed scale");
    law.fill(key, deviation, weights.values());
    return weights;
  }

  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    return Optional.of(WeightEnsemble.independent(deviation * deviation));
  }
}
