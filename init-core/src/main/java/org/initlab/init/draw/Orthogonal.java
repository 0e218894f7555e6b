package org.initlab.init.draw;

import static org.bytedeco.openblas.global.openblas.LAPACKE_sgeqrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_sorgqr;
import static org.bytedeco.openblas.global.openblas.LAPACK_ROW_MAJOR;

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

  public Orthogonal {
    Require.factor("orthogonal", "gain", gain);
  }

  @Override
  public Weights draw(Site site, Key key) {
    WeightShape shape = site.shape();
    Weights weights = Weights.zeros(shape);
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
    float[] reflectors = new float[columns];
    check(LAPACKE_sgeqrf(LAPACK_ROW_MAJOR, rows, columns, a, columns, reflectors));
    float[] sign = new float[columns];
    for (int j = 0; j < columns; j++) {
      sign[j] = a[j * columns + j] < 0 ? -1 : 1;
    }
    check(LAPACKE_sorgqr(LAPACK_ROW_MAJOR, rows, columns, columns, a, columns, reflectors));
    for (int i = 0; i < a.length; i++) {
      a[i] *= sign[i % columns];
    }
  }

  /** The transpose of a row-major matrix. */
  static float[] transpose(float[] a, int rows, int columns) {
    float[] turned = new float[a.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = a[i * columns + j];
      }
    }
    return turned;
  }

  private static void check(int info) {
    if (info != 0) {
      throw new IllegalStateException("LAPACK refused a QR decomposition with info " + info + ".");
    }
  }
}
