package org.initlab.init.draw;

import java.util.Arrays;
import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * Every weight the same. It breaks no symmetry: the units of a layer stay equal under training, so
 * it is a control and not a scheme to train with.
 *
 * @param value the weight, finite
 */
public record Constant(double value) implements Initializer {

  public Constant {
    Require.finite("constant", "value", value);
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights weights = Weights.zeros(site, "constant");
    Arrays.fill(weights.values(), (float) value);
    return weights;
  }

  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    return value == 0 ? Optional.of(WeightEnsemble.independent(0)) : Optional.empty();
  }
}
