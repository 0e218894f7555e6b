package org.initlab.init.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * A ReLU network that starts as a linear one: units come in pairs of opposite weights, so that
 * relu(a) - relu(-a) = a passes through.
 *
 * <p>Formula: the blocks [A, -A; -A, A] of an orthogonal A of half the size; the first layer is [A,
 * -A], since data do not come in pairs, and the last [A; -A]. Source: Balduzzi et al. 2017, "The
 * shattered gradients problem", section 4, whose concatenated ReLU makes the pairs that plain ReLU
 * units make here.
 *
 * <p>It is not linear with another activation than ReLU, nor once training has moved one weight of
 * a pair. Biases must start at 0.
 *
 * @param gain every singular value of A, finite and at least 0; a factor on the DEVIATION
 */
public record LooksLinear(double gain) implements Initializer {

  public LooksLinear {
    Require.factor("looks_linear", "gain", gain);
  }

  @Override
  public Optional<String> objection(Site site) {
    return Shapes.PAIRED.objection("looks_linear", site, "orthogonal");
  }

  @Override
  public Weights draw(Site site, Key key) {
    Weights.requireRoom(site, "looks_linear");
    Shapes.require(this, site);
    WeightShape shape = site.shape();
    long in = site.role() == Role.INPUT ? shape.in() : shape.in() / 2;
    long out = site.role() == Role.OUTPUT ? shape.out() : shape.out() / 2;
    List<Long> kernel = new ArrayList<>(shape.kernel());
    Site half = Site.of(new WeightShape(out, in, kernel));
    float[] a = new Orthogonal(gain).draw(half, key).values();

    Weights weights = Weights.zeros(site, "looks_linear");
    int columns = (int) shape.out();
    for (int row = 0; row < shape.receptiveField() * shape.in(); row++) {
      long position = row / shape.in();
      long unit = row % shape.in();
      int from = (int) (position * in + unit % in);
      for (int column = 0; column < columns; column++) {
        float w = a[(int) (from * out + column % out)];
        boolean opposite = unit >= in != column >= out;
        weights.values()[row * columns + column] = opposite ? -w : w;
      }
    }
    return weights;
  }
}
