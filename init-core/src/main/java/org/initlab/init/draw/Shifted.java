package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * What another initializer draws, plus a number: Keras's and Deeplearning4j's normal and uniform
 * laws with a mean. No theory here speaks of such weights, whose sums grow with the fan and not
 * with its root.
 *
 * @param mean added to every weight, finite
 * @param centred draws what it is added to
 */
public record Shifted(double mean, Initializer centred) implements Initializer {

  public Shifted {
    Require.finite("shifted", "mean", mean);
  }

  @Override
  public Optional<String> objection(Site site) {
    return centred.objection(site);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights weights = centred.draw(site, key);
    float[] values = weights.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) mean;
    }
    return weights;
  }
}
