package org.initlab.experiment.metric;

import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * In how many directions a hidden layer tells inputs apart: {@code exp(-sum p_i ln p_i)} with
 * {@code p_i = sigma_i / sum sigma} of the singular values of its activations, a row for each of
 * the first {@value #EXAMPLES} probe examples (Roy and Vetterli 2007, "The effective rank: a
 * measure of effective dimensionality", definition 1). From 1, where all inputs look alike, to the
 * smaller of examples and units. NaN where all activations are 0 or one is no number. It takes some
 * {@value #EXAMPLES}^2 times the units in operations.
 *
 * <p>It is not the rank, nor that of centred activations.
 */
final class EffectiveRank implements Metric {

  private static final int EXAMPLES = 128;

  @Override
  public String name() {
    return "effective_rank";
  }

  @Override
  public String says() {
    return "effective rank (exponential of the entropy of singular values) of each hidden layer's"
        + " activations on up to 128 examples";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    int examples = Math.min(EXAMPLES, at.probeExamples());
    for (int layer = 1; layer < at.layers(); layer++) {
      float[] z = at.activations(layer);
      double[] matrix = new double[examples * at.units(layer)];
      for (int i = 0; i < matrix.length; i++) {
        matrix[i] = z[i];
      }
      sink.record(name(), layer, of(SingularValues.of(matrix, examples, at.units(layer))));
    }
  }

  private static double of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double entropy = 0;
    for (double value : values) {
      double part = value / sum;
      entropy -= part == 0 ? 0 : part * Math.log(part);
    }
    return sum > 0 ? Math.exp(entropy) : Double.NaN;
  }
}
