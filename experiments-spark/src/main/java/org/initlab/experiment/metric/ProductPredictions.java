package org.initlab.experiment.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.initlab.experiment.Metric.MetricsSink;
import org.initlab.experiment.Snapshot;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.theory.GaussianProduct;

/**
 * What theory says of {@code product_spectrum} before training: of n values the one of rank i from
 * 0 is expected where the part {@code 1 - (i + 1/2) / n} lies below, see {@link GaussianProduct};
 * of orthogonal kernels all singular values and moduli are the product of their gains.
 *
 * <p>It has no row where some kernels are orthogonal and some are not, nor where theory knows no
 * such draw. The plane's angles, which are uniform for wide matrices, are not predicted.
 */
final class ProductPredictions {

  private ProductPredictions() {}

  /**
   * Tells what a snapshot of untrained weights should find.
   *
   * @param prefix of the names of rows
   */
  static void tell(String prefix, Snapshot at, MetricsSink sink) {
    int last = ProductSpectrumMetric.lastFactor(at);
    List<WeightEnsemble> kernels = new ArrayList<>();
    for (int layer = 2; layer <= last; layer++) {
      at.kernelEnsemble(layer).ifPresent(kernels::add);
    }
    long orthogonal = kernels.stream().filter(WeightEnsemble::orthogonal).count();
    if (kernels.isEmpty()
        || kernels.size() < last - 1
        || orthogonal > 0 && orthogonal < kernels.size()) {
      return;
    }
    int n = at.units(1);
    double log = kernels.stream().mapToDouble(k -> Math.log(n * k.variance()) / 2).sum();
    GaussianProduct product = new GaussianProduct(kernels.size());
    boolean alike = orthogonal > 0;
    tell(prefix + "/singular_value", n, s -> alike ? 1 : product.singularValue(s), log, sink);
    tell(prefix + "/eigenvalue_modulus", n, s -> alike ? 1 : product.modulus(s), log, sink);
  }

  private static void tell(
      String name, int n, DoubleUnaryOperator value, double log, MetricsSink sink) {
    for (int i = 0; i < n; i++) {
      double expected = Math.exp(log) * value.applyAsDouble(1 - (i + 0.5) / n);
      if (Double.isFinite(expected)) {
        sink.record(name, 0, i, expected);
      }
    }
  }
}
