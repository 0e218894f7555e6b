package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * The matrix that passes its inputs on: input i goes to output i.
 *
 * <p>Formula: w[i][j] = gain where i = j, else 0. A rectangular matrix drops the inputs, or leaves
 * at 0 the outputs, beyond the shorter side; PyTorch's {@code eye_} and Keras's {@code Identity} do
 * the same. Source: Le, Jaitly and Hinton 2015, section 3, for recurrent layers.
 *
 * <p>It is not for convolutions: {@link Dirac} is.
 *
 * @param gain the diagonal, finite
 */
public record Identity(double gain) implements Initializer {

  public Identity {
    Require.finite("identity", "gain", gain);
  }

  @Override
  public Optional<String> objection(Site site) {
    return Shapes.DENSE.objection("identity", site, "dirac");
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    Weights weights = Weights.zeros(site, "identity");
    int columns = (int) site.shape().out();
    for (int i = 0; i < Math.min(site.shape().in(), columns); i++) {
      weights.values()[i * columns + i] = (float) gain;
    }
    return weights;
  }
}
