package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * A convolution that keeps the norm of every image: an orthogonal matrix at its centre, and 0
 * elsewhere.
 *
 * <p>Formula: w[(k - 1) / 2] = gain H, where H has orthonormal rows, one for each input, of Haar's
 * measure. Source: Xiao et al. 2018, "Dynamical isometry and a mean field theory of CNNs",
 * algorithm 1. The numbers are those of {@code delta_orthogonal} in JAX 0.10; older ones took the
 * first rows of a square matrix.
 *
 * <p>An exact isometry needs circular padding. Fewer outputs than inputs cannot keep a norm, and
 * are refused.
 *
 * @param gain every singular value, finite and at least 0; a factor on the DEVIATION
 */
public record DeltaOrthogonal(double gain) implements Initializer {

  public DeltaOrthogonal {
    Require.factor("delta_orthogonal", "gain", gain);
  }

  @Override
  public Optional<String> objection(Site site) {
    return Shapes.WIDENING_CONVOLUTION.objection("delta_orthogonal", site, "orthogonal");
  }

  @Override
  public Weights draw(Site site, Key key) {
    Shapes.require(this, site);
    WeightShape shape = site.shape();
    Weights weights = Weights.zeros(site, "delta_orthogonal");
    float[] rows = new Orthogonal(gain).draw(Site.dense(shape.in(), shape.out()), key).values();
    long tap = 0;
    for (long k : shape.kernel()) {
      tap = tap * k + (k - 1) / 2;
    }
    int matrix = (int) (shape.in() * shape.out());
    System.arraycopy(rows, 0, weights.values(), (int) tap * matrix, matrix);
    return weights;
  }
}
