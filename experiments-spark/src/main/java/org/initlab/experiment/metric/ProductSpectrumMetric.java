package org.initlab.experiment.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * Every singular value and every eigenvalue of the product of the hidden layers' kernels, {@code
 * W(L) ... W(2)}, the first layer's left out: what a linear network does between its first and its
 * last hidden layer (Saxe, McClelland and Ganguli 2013, figure 6B and C). The row of bin i is the
 * singular value of rank i from the largest; or the real part, the imaginary part and the modulus
 * of the eigenvalue of rank i by modulus, a complex pair in two bins.
 *
 * <p>Small values are as good as large ones, to a relative error of some 1e-6 and mostly far
 * better; see {@link MatrixProduct}. All are NaN where a weight is no number, and where they cannot
 * be told from rounding, as their product says: a kernel is singular, or values reach below some
 * 1e-300. For n units it takes some 6 n^3 operations a layer and 200 n^3 at the end, half a second
 * for 100 layers of 200. No row where a kernel is not square.
 *
 * <p>It is not the spectrum of a Jacobian: slopes of activations, gates and sums do not enter.
 */
final class ProductSpectrumMetric implements Metric {

  static final String NAME = "product_spectrum";

  private static final double[] NONE = {};

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String says() {
    return "all singular values and eigenvalues of the product of the hidden layers' kernels, by rank";
  }

  @Override
  public boolean takesKernelsForMatrices() {
    return true;
  }

  /** Layers whose kernels are factors, from 2 to this one; 1 where there is no such product. */
  static int lastFactor(Snapshot at) {
    int last = at.layers() - 1;
    return IntStream.rangeClosed(2, last).allMatch(l -> at.units(l) == at.units(l - 1)) ? last : 1;
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    int last = lastFactor(at);
    if (last < 2) {
      return;
    }
    int n = at.units(1);
    List<double[]> factors =
        IntStream.rangeClosed(2, last).mapToObj(l -> doubles(at.weights(l))).toList();
    boolean finite = factors.stream().allMatch(f -> Arrays.stream(f).allMatch(Double::isFinite));
    Optional<MatrixProduct> product =
        finite ? Optional.of(MatrixProduct.of(n, factors)) : Optional.empty();
    double[] singular = product.map(MatrixProduct::singularValues).orElse(NONE);
    record(product, "/singular_value", n, singular, singular, sink);
    Eigenvalues eigen =
        product.flatMap(MatrixProduct::eigenvalues).orElse(new Eigenvalues(NONE, NONE));
    double[] moduli =
        IntStream.range(0, eigen.real().length)
            .mapToDouble(i -> Math.hypot(eigen.real()[i], eigen.imaginary()[i]))
            .toArray();
    record(product, "/eigenvalue_real", n, moduli, eigen.real(), sink);
    record(product, "/eigenvalue_imaginary", n, moduli, eigen.imaginary(), sink);
    record(product, "/eigenvalue_modulus", n, moduli, moduli, sink);
  }

  /** Tells values whose moduli multiply to the product's determinant, and NaN otherwise. */
  private static void record(
      Optional<MatrixProduct> product,
      String part,
      int n,
      double[] moduli,
      double[] values,
      MetricsSink sink) {
    double logs = Arrays.stream(moduli).map(Math::log).sum();
    boolean good = moduli.length == n && product.orElseThrow().agrees(logs);
    for (int bin = 0; bin < n; bin++) {
      sink.record(NAME + part, 0, bin, good ? values[bin] : Double.NaN);
    }
  }

  private static double[] doubles(float[] kernel) {
    return IntStream.range(0, kernel.length).mapToDouble(i -> kernel[i]).toArray();
  }
}
