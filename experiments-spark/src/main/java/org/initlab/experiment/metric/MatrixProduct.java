package org.initlab.experiment.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.openblas.global.openblas;
import org.initlab.experiment.numeric.DoubleProducts;

/**
 * A product of many square matrices as {@code M(N) ... M(1) = Q R}, with Q orthogonal and R upper
 * triangular, kept so that its small singular values and eigenvalues survive. The product itself
 * would lose them: rounding leaves nothing of what is 1e-16 of the largest, and in a product of 100
 * Gaussian matrices most are.
 *
 * <p>Each factor is multiplied by the Q of those before it and factored anew (the discrete QR
 * method for Lyapunov exponents: Benettin and others 1980; Dieci and Van Vleck 1995), so that R's
 * rows shrink from the first to the last, and each row is rounded by its own size. LAPACK's
 * singular values of such a graded matrix are good to a relative error of some 1e-12. For
 * eigenvalues, the similar matrix {@code R Q} is brought nearer to a triangle by {@value #STEPS}
 * steps of the QR algorithm without shifts, and cut into blocks where what is left below the
 * diagonal is less than {@value #CUT} of its row; each block is LAPACK's, in its own scale.
 *
 * <p>The product of all singular values, and that of all eigenvalues, is the product of the
 * factors' determinants, which is known without loss: {@link #agrees}. Where the values reach below
 * some 1e-300, or a factor is singular, it does not agree, and small values are rounding.
 *
 * @param n rows and columns
 * @param q orthogonal, column-major
 * @param r upper triangular, column-major
 * @param logDeterminant ln |det|, the sum over factors
 */
record MatrixProduct(int n, double[] q, double[] r, double logDeterminant) {

  private static final int STEPS = 30;
  private static final double CUT = 1e-10;

  /** By how much the logarithm of a value may be off on the average over all. */
  private static final double TOLERANCE = 1e-6;

  /**
   * The product {@code M(N) ... M(1)}.
   *
   * @param factors M(1) to M(N), each n x n, column-major, of finite numbers
   */
  static MatrixProduct of(int n, List<double[]> factors) {
    MatrixProduct product = new MatrixProduct(n, identity(n), identity(n), 0);
    for (double[] factor : factors) {
      double[] rotated = new double[n * n];
      DoubleProducts.forward(n, product.q, factor, rotated);
      MatrixProduct one = factored(n, rotated);
      double[] r = new double[n * n];
      DoubleProducts.forward(n, product.r, one.r, r);
      product = new MatrixProduct(n, one.q, r, product.logDeterminant + one.logDeterminant);
    }
    return product;
  }

  /** All singular values, descending; none if LAPACK does not end. */
  double[] singularValues() {
    return SingularValues.of(r.clone(), n, n);
  }

  /** All eigenvalues, the largest modulus first; nothing if LAPACK does not end. */
  Optional<Eigenvalues> eigenvalues() {
    double[] a = new double[n * n];
    DoubleProducts.forward(n, q, r, a);
    for (int step = 0; step < STEPS; step++) {
      MatrixProduct parts = factored(n, a);
      DoubleProducts.forward(n, parts.q, parts.r, a);
    }
    Eigenvalues all = new Eigenvalues(new double[n], new double[n]);
    int from = 0;
    for (int to = 1; to <= n; to++) {
      if (to == n || isCut(a, n, to)) {
        if (!solve(a, n, from, to, all)) {
          return Optional.empty();
        }
        from = to;
      }
    }
    return Optional.of(sorted(all));
  }

  /** Whether values whose moduli have this sum of logarithms can be those of the product. */
  boolean agrees(double sumOfLogs) {
    return Math.abs(sumOfLogs - logDeterminant) < TOLERANCE * n;
  }

  /** Householder's QR of one matrix, which is overwritten; singular if a pivot is rounding. */
  private static MatrixProduct factored(int n, double[] matrix) {
    double[] tau = new double[n];
    double[] work = new double[n]; // so small that no blocks are formed: docs/adr/0013
    openblas.LAPACKE_dgeqrf_work(openblas.LAPACK_COL_MAJOR, n, n, matrix, n, tau, work, n);
    double[] r = new double[n * n];
    double log = 0;
    for (int j = 0; j < n; j++) {
      System.arraycopy(matrix, j * n, r, j * n, j + 1);
      double size = 0;
      for (int i = 0; i <= j; i++) {
        size = Math.hypot(size, r[j * n + i]);
      }
      double pivot = Math.abs(r[j * n + j]);
      log += pivot > n * Math.ulp(size) ? Math.log(pivot) : Double.NEGATIVE_INFINITY;
    }
    openblas.LAPACKE_dorgqr_work(openblas.LAPACK_COL_MAJOR, n, n, n, matrix, n, tau, work, n);
    return new MatrixProduct(n, matrix, r, log);
  }

  /** Whether rows from {@code k} on have nothing to speak of in columns before {@code k}. */
  private static boolean isCut(double[] a, int n, int k) {
    for (int row = k; row < n; row++) {
      double whole = 0;
      double below = 0;
      for (int column = 0; column < n; column++) {
        double element = Math.abs(a[column * n + row]);
        whole = Math.max(whole, element);
        below = column < k ? whole : below;
      }
      if (below > CUT * whole) {
        return false;
      }
    }
    return true;
  }

  /** Puts the eigenvalues of a diagonal block into {@code all}. */
  private static boolean solve(double[] a, int n, int from, int to, Eigenvalues all) {
    int size = to - from;
    double[] block = new double[size * size];
    for (int j = 0; j < size; j++) {
      System.arraycopy(a, (from + j) * n + from, block, j * size, size);
    }
    double scale = Arrays.stream(block).map(Math::abs).max().orElse(0);
    for (int i = 0; i < block.length && scale > 0; i++) {
      block[i] /= scale;
    }
    Optional<Eigenvalues> own = Eigenvalues.of(block, size);
    for (int i = 0; i < size && own.isPresent(); i++) {
      all.real()[from + i] = own.get().real()[i] * scale;
      all.imaginary()[from + i] = own.get().imaginary()[i] * scale;
    }
    return own.isPresent();
  }

  private static Eigenvalues sorted(Eigenvalues all) {
    double[] re = all.real();
    double[] im = all.imaginary();
    int[] order =
        IntStream.range(0, re.length)
            .boxed()
            .sorted((i, j) -> Double.compare(Math.hypot(re[j], im[j]), Math.hypot(re[i], im[i])))
            .mapToInt(i -> i)
            .toArray();
    return new Eigenvalues(
        Arrays.stream(order).mapToDouble(i -> re[i]).toArray(),
        Arrays.stream(order).mapToDouble(i -> im[i]).toArray());
  }

  private static double[] identity(int n) {
    double[] one = new double[n * n];
    for (int i = 0; i < n; i++) {
      one[i * n + i] = 1;
    }
    return one;
  }
}
