package org.initlab.experiment.metric;

import org.bytedeco.openblas.global.openblas;

/** The singular values of a matrix in double precision, by LAPACK's divide and conquer. */
final class SingularValues {

  private SingularValues() {}

  /**
   * All of them, descending; none if an element is not finite, which LAPACK does not survive.
   *
   * @param matrix row-major; it is overwritten
   */
  static double[] of(double[] matrix, int rows, int columns) {
    for (double element : matrix) {
      if (!Double.isFinite(element)) {
        return new double[0];
      }
    }
    double[] values = new double[Math.min(rows, columns)];
    int info =
        openblas.LAPACKE_dgesdd(
            openblas.LAPACK_ROW_MAJOR,
            (byte) 'N',
            rows,
            columns,
            matrix,
            columns,
            values,
            new double[1],
            rows,
            new double[1],
            columns);
    return info == 0 ? values : new double[0];
  }
}
