package org.initlab.init.draw;

import java.util.Optional;
import java.util.OptionalLong;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;
import org.initlab.init.random.Stream;

/**
 * The numbers that another framework draws for one tensor from one of its seeds.
 *
 * <p>The generator starts anew for every tensor: this is {@code initializer(seed=7)(shape)} of
 * Keras and {@code torch.manual_seed(7)} before each tensor of PyTorch, not one seed for a whole
 * network. The fans are those of a dense layer or plain convolution, on which the frameworks agree.
 *
 * @param framework whose numbers
 * @param seed its seed, from 0 to 2^32 - 1; empty for one taken from the key
 * @param recipe what is drawn
 */
public record Replica(Framework framework, OptionalLong seed, Recipe recipe)
    implements Initializer {

  @Override
  public Optional<String> objection(Site site) {
    return recipe.objection(site.shape());
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    Weights.requireRoom(site, framework.title());
    Stream stream = framework.stream(Framework.seed(seed, key));
    float[] values = recipe.values(framework, stream, site.shape());
    return framework.layout().weights(site.shape(), values);
  }

  /** Nothing with a seed, by which tensors of one shape have the same weights. */
  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    return seed.isPresent() ? Optional.empty() : recipe.ensemble(site.shape());
  }
}
