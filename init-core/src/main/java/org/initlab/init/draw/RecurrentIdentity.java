package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * The identity from a layer to itself: the recurrent kernel of an IRNN.
 *
 * <p>Formula: gain times the identity. Source: Le, Jaitly and Hinton 2015, "A simple way to
 * initialize recurrent networks of rectified linear units", section 3: gain 1 with ReLU units and
 * biases 0, and 0.01 where long memory is not wanted.
 *
 * <p>It refuses a rectangular matrix, which joins no layer to itself. The paper's other kernels are
 * normal of deviation 0.001.
 *
 * @param gain the diagonal, finite
 */
public record RecurrentIdentity(double gain) implements Initializer {

  public RecurrentIdentity {
    Require.finite("irnn", "gain", gain);
  }

  @Override
  public Optional<String> objection(Site site) {
    return Shapes.SQUARE.objection("irnn", site, "identity");
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights.requireRoom(site, "irnn");
    Shapes.require(this, site);
    return new Identity(gain).draw(site, key);
  }
}
