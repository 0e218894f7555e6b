package org.initlab.experiment.numeric;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

/**
 * The matrix products of a dense layer in double precision, on Java's arrays: for reference, and
 * where differences of gradients are taken. All row-major, with x [rows, in], W [in, out], y and dy
 * [rows, out]. Arrays are copied on the way, so it is not for speed.
 */
public final class DoubleProducts {

  private DoubleProducts() {}

  /** {@code y = x W}. */
  public static void forward(int rows, double[] x, double[] w, double[] y) {
    int in = x.length / rows;
    int out = y.length / rows;
    cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, out, in, 1, x, in, w, out, 0, y, out);
  }

  /** {@code dx = dy W^T}. */
  public static void inputGradient(int rows, double[] dy, double[] w, double[] dx) {
    int in = dx.length / rows;
    int out = dy.length / rows;
    cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, rows, in, out, 1, dy, out, w, out, 0, dx, in);
  }

  /** {@code g = factor x^T dy}. */
  public static void kernelGradient(int rows, double factor, double[] x, double[] dy, double[] g) {
    int in = x.length / rows;
    int out = dy.length / rows;
    cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, in, out, rows, factor, x, in, dy, out, 0, g, out);
  }
}
