package org.initlab.experiment.metric;

import java.util.Arrays;
import org.bytedeco.openblas.global.openblas;

/** The singular values of a matrix in double precision, by LAPACK's divide and conquer. */
final class SingularValues {

  /** LAPACK's QR decomposition, which long matrices begin with, forms no blocks up to here. */
  private static final int UNBLOCKED = 128;

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
    int least = Math.min(rows, columns);
    int most = Math.max(rows, columns);
    if (least > UNBLOCKED && 6 * most >= 11 * least) { // blocks are wrong: docs/adr/0013
      return Arrays.copyOf(of(filledUp(matrix, columns, most), most, most), least);
    }
    double[] values = new double[least];
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

  /** The matrix with zeros to its right or below. */
  private static double[] filledUp(double[] matrix, int columns, int side) {
    double[] square = new double[side * side];
    for (int i = 0; i < matrix.length / columns; i++) {
      System.arraycopy(matrix, i * columns, square, i * side, columns);
    }
    return square;
  }
}
