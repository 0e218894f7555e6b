package org.initlab.init;

/**
 * What the theory of wide networks asks of a tensor's weights: mean 0, this variance, and no two
 * layers alike.
 *
 * <p>It is not there for weights that are no such draw: identities, mirrored or repeated ones, sums
 * of few terms, weights that looked at data.
 *
 * @param variance of a weight, finite and at least 0; for an orthogonal matrix the mean square
 * @param orthogonal whether the matrix is one of Haar's measure times a number, rather than made of
 *     independent weights
 */
public record WeightEnsemble(double variance, boolean orthogonal) {

  public WeightEnsemble {
    if (!(variance >= 0) || Double.isInfinite(variance)) {
      throw new IllegalArgumentException(
          "A variance of weights must be a finite number of at least 0, not " + variance + ".");
    }
  }

  /** Independent weights of mean 0. */
  public static WeightEnsemble independent(double variance) {
    return new WeightEnsemble(variance, false);
  }

  /**
   * A number times a matrix with orthonormal columns, or rows where it is wide: the mean square of
   * its elements is {@code gain^2 / max(rows, columns)}.
   *
   * @param gain every singular value
   * @param shape of the tensor; a convolution is a matrix with a column an output
   */
  public static WeightEnsemble orthogonal(double gain, WeightShape shape) {
    double rows = shape.fans().in();
    return new WeightEnsemble(gain * gain / Math.max(rows, shape.out()), true);
  }

  /** The same weights times a number. */
  public WeightEnsemble times(double factor) {
    return new WeightEnsemble(variance * factor * factor, orthogonal);
  }
}
