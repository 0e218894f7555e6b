package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * The convolution that passes its input channels on.
 *
 * <p>Formula: in each of {@code groups} equal blocks of outputs, output d takes input d with weight
 * gain at position floor(k / 2) of every spatial dimension, for d below the smaller of the two
 * numbers of channels; all else is 0. Source: PyTorch's {@code dirac_}; Zagoruyko and Komodakis
 * 2017, "DiracNets", section 3.
 *
 * <p>An even kernel has no centre: its position floor(k / 2) is the one that keeps an image in
 * place when it is padded by floor(k / 2) in front. A group's kernel has in / groups inputs, and
 * the shape's {@code in} is that number.
 *
 * @param gain the weight, finite
 * @param groups blocks of outputs that each see inputs of their own, at least 1
 */
public record Dirac(double gain, long groups) implements Initializer {

  public Dirac {
    Require.finite("dirac", "gain", gain);
    Require.count("dirac", "groups", groups);
  }

  @Override
  public Optional<String> objection(Site site) {
    return Shapes.CONVOLUTION.objection("dirac", site, "identity");
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    WeightShape shape = site.shape();
    if (shape.out() % groups != 0) {
      throw Require.refused("dirac", "groups", "a divisor of the outputs, " + shape.out(), groups);
    }
    Weights weights = Weights.zeros(site, "dirac");
    int block = (int) (shape.out() / groups);
    int tap = tap(shape);
    for (int g = 0; g < groups; g++) {
      for (int d = 0; d < Math.min(block, shape.in()); d++) {
        weights.values()[(int) ((tap + d) * shape.out()) + g * block + d] = (float) gain;
      }
    }
    return weights;
  }

  /** The row, of those made of kernel position and input, at which the position k / 2 starts. */
  static int tap(WeightShape shape) {
    long tap = 0;
    for (long k : shape.kernel()) {
      tap = tap * k + k / 2;
    }
    return (int) (tap * shape.in());
  }
}
