package org.initlab.experiment.metric;

import java.util.Optional;
import org.bytedeco.openblas.global.openblas;

/**
 * The eigenvalues of a square matrix in double precision, by LAPACK's balanced and shifted QR
 * algorithm. Each is off by some rounding error of the largest element times its own condition
 * number; those far below the largest element may be rounding alone. LAPACK gets its smallest
 * workspace, with which it works without blocks: docs/adr/0013.
 *
 * @param real parts
 * @param imaginary parts; a complex pair stands together, the positive one first
 */
record Eigenvalues(double[] real, double[] imaginary) {

  /**
   * All of them in LAPACK's order; nothing if the algorithm does not end.
   *
   * @param matrix n x n of finite numbers, row- or column-major; it is overwritten
   */
  static Optional<Eigenvalues> of(double[] matrix, int n) {
    Eigenvalues values = new Eigenvalues(new double[n], new double[n]);
    double[] none = new double[1];
    double[] work = new double[3 * n];
    int info =
        openblas.LAPACKE_dgeev_work(
            openblas.LAPACK_COL_MAJOR,
            (byte) 'N',
            (byte) 'N',
            n,
            matrix,
            n,
            values.real,
            values.imaginary,
            none,
            1,
            none,
            1,
            work,
            work.length);
    return info == 0 ? Optional.of(values) : Optional.empty();
  }
}
