package org.initlab.init.draw;

import static org.bytedeco.openblas.global.openblas.LAPACKE_sgeqrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_sorgqr;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import java.util.Optional;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.random.Key;

/**
 * A matrix drawn uniformly (by Haar's measure) among those with orthonormal columns, or rows where
 * there are more columns than rows, times a gain.
 *
 * <p>Formula: gain Q sign(diag R), where Q R is the decomposition of a Gaussian matrix with one row
 * for every kernel position and input, and one column for every output; for a wide matrix, the
 * transpose of a tall one's. Source: Saxe, McClelland and Ganguli 2014, figure 6; Mezzadri 2007,
 * section 5, for the signs. The Gaussian matrix is the one that JAX draws.
 *
 * <p>A convolution drawn so is not an isometry: only its flattened kernel is orthogonal. Its last
 * bits depend on the processor, because LAPACK's do.
 *
 * @param gain every singular value of the result, finite and at least 0; a factor on the DEVIATION
 */
public record Orthogonal(double gain) implements Initializer {

  /** Side of the squares by which a matrix is turned, so that both stay in the first cache. */
  private static final int TILE = 32;

  public Orthogonal {
    Require.factor("orthogonal", "gain", gain);
  }

  @Override
  public Weights draw(Site site, Key key) {
    WeightShape shape = site.shape();
    Weights weights = Weights.zeros(site, "orthogonal");
    if (weights.values().length == 0) {
      return weights;
    }
    int columns = Math.toIntExact(shape.out());
    int rows = weights.values().length / columns;
    int tall = Math.max(rows, columns);
    int thin = Math.min(rows, columns);
    float[] q = weights.values();
    new Law.Normal().fill(key, 1, q);
    orthonormalize(q, tall, thin);
    for (int i = 0; i < q.length; i++) {
      q[i] = (float) (gain * q[i]);
    }
    return rows >= columns ? weights : new Weights(shape.lengths(), transpose(q, tall, thin));
  }

  @Override
  public Optional<WeightEnsemble> ensemble(Site site) {
    return Optional.of(WeightEnsemble.orthogonal(gain, site.shape()));
  }

  /** Replaces the row-major matrix {@code a} by the Q whose R has a positive diagonal. */
  static void orthonormalize(float[] a, int rows, int columns) {
    // LAPACK's order is by columns. Turned here twice, by tiles; its C interface would do it four
    // times, element by element.
    float[] q = transpose(a, rows, columns);
    float[] reflectors = new float[columns];
    check(LAPACKE_sgeqrf(LAPACK_COL_MAJOR, rows, columns, q, rows, reflectors));
    boolean[] negative = new boolean[columns];
    for (int j = 0; j < columns; j++) {
      negative[j] = q[j * rows + j] < 0;
    }
    check(LAPACKE_sorgqr(LAPACK_COL_MAJOR, rows, columns, columns, q, rows, reflectors));
    for (int j = 0; j < columns; j++) {
      for (int i = j * rows; negative[j] && i < (j + 1) * rows; i++) {
        q[i] = -q[i];
      }
    }
    transpose(q, columns, rows, a);
  }

  /** The transpose of a row-major matrix. */
  static float[] transpose(float[] a, int rows, int columns) {
    float[] turned = new float[a.length];
    transpose(a, rows, columns, turned);
    return turned;
  }

  private static void transpose(float[] a, int rows, int columns, float[] turned) {
    for (int top = 0; top < rows; top += TILE) {
      for (int left = 0; left < columns; left += TILE) {
        for (int i = top; i < Math.min(top + TILE, rows); i++) {
          for (int j = left; j < Math.min(left + TILE, columns); j++) {
            turned[j * rows + i] = a[i * columns + j];
          }
        }
      }
    }
  }

  private static void check(int info) {
    if (info != 0) {
      throw new IllegalStateException("LAPACK refused a QR decomposition with info " + info + ".");
    }
  }
}
