package org.initlab.experiment.metric;

import java.util.Arrays;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.experiment.numeric.Curve;
import org.initlab.experiment.numeric.Curves;

/**
 * chi_1: the mean squared singular value of each layer's Jacobian, by which the layer multiplies
 * the mean square of gradients. {@code chi_1 = |diag(f'(s)) W|^2 / n} in Frobenius' norm for n
 * units, the mean over the probe (Poole et al. 2016, section 2; Schoenholz et al. 2017, equation
 * 8). It costs as much as to read the weights. A layer to whose output another's is added has no
 * row, nor has the output layer.
 *
 * <p>It is not the limit chi_1 at q* of a deep network, but the factor at the length that the
 * signal has in this layer.
 */
final class GradientFactor implements Metric {

  @Override
  public String name() {
    return "chi1";
  }

  @Override
  public String says() {
    return "factor of the mean square of gradients through each layer: the mean squared singular"
        + " value of its Jacobian";
  }

  @Override
  public boolean takesKernelsForMatrices() {
    return true;
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer < at.layers(); layer++) {
      if (at.skip(layer).isEmpty()) {
        sink.record(name(), layer, factor(at, layer));
      }
    }
  }

  private static double factor(Snapshot at, int layer) {
    int n = at.units(layer);
    double[] squares = new double[n];
    float[] weights = at.weights(layer);
    for (int i = 0; i < weights.length; i += n) {
      for (int a = 0; a < n; a++) {
        squares[a] += (double) weights[i + a] * weights[i + a];
      }
    }
    float[] s = at.preActivations(layer);
    Curve curve = Curves.of(at.activation(layer), s.length);
    float[] z = new float[s.length];
    curve.values(s, z, s.length);
    float[] slopes = new float[s.length];
    Arrays.fill(slopes, 1);
    curve.backward(s, z, slopes, s.length);
    double sum = 0;
    for (int from = 0; from < s.length; from += n) {
      for (int a = 0; a < n; a++) {
        sum += (double) slopes[from + a] * slopes[from + a] * squares[a];
      }
    }
    return at.gate(layer) * at.gate(layer) * sum / s.length;
  }
}
