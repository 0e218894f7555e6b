package org.initlab.experiment.metric;

import org.bytedeco.openblas.global.openblas;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * Mean singular value of the Jacobian from one hidden layer to the next, {@code J = dz(i+1)/dz(i)}
 * with {@code J_ab = f'(s_a) W_ba}: the average ratio of an infinitesimal volume mapped by a layer
 * (Glorot and Bengio 2010, section 4.2.2). The mean over the first two probe examples, told at
 * layer i + 1. For n units and weights of variance v it is about {@code 8 sqrt(n v) / (3 pi)} where
 * f' is 1. A layer to whose output another's is added has no row. NaN where a weight or a slope is
 * no number.
 */
final class JacobianSingularValues implements Metric {

  private static final int EXAMPLES = 2;

  @Override
  public String name() {
    return "jacobian_singular_values";
  }

  @Override
  public String says() {
    return "mean singular value of the Jacobian between neighbouring hidden layers' activations";
  }

  @Override
  public boolean takesKernelsForMatrices() {
    return true;
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    int examples = Math.min(EXAMPLES, at.probeExamples());
    for (int layer = 2; layer < at.layers(); layer++) {
      if (at.skip(layer).isPresent()) {
        continue;
      }
      double sum = 0;
      for (int example = 0; example < examples; example++) {
        sum += meanSingularValue(at, layer, example);
      }
      sink.record(name(), layer, sum / examples);
    }
  }

  private static double meanSingularValue(Snapshot at, int layer, int example) {
    int in = at.units(layer - 1);
    int out = at.units(layer);
    float[] s = at.preActivations(layer);
    float[] jacobian = at.weights(layer).clone();
    for (int a = 0; a < out; a++) {
      double slope = at.activation(layer).slope(s[example * out + a]);
      for (int b = 0; b < in; b++) {
        float value = (float) (jacobian[b * out + a] * slope);
        if (!Float.isFinite(value)) {
          return Double.NaN;
        }
        jacobian[b * out + a] = value;
      }
    }
    int count = Math.min(in, out);
    float[] values = new float[count];
    // The array holds the transpose, which has the same singular values.
    int info =
        openblas.LAPACKE_sgesdd(
            openblas.LAPACK_ROW_MAJOR,
            (byte) 'N',
            in,
            out,
            jacobian,
            out,
            values,
            new float[1],
            in,
            new float[1],
            out);
    if (info != 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / count;
  }
}
