package org.initlab.experiment.metric;

import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * Distribution of a hidden layer's activations over all units and probe examples (Glorot and Bengio
 * 2010, figures 4 and 6): {@value #BINS} bins of equal width over the activation's range, given by
 * the rows {@code activation_histogram/low} and {@code /high}. What lies outside counts in the end
 * bins; NaN counts in none. Layers without the network's activation have no histogram.
 */
final class ActivationHistogram implements Metric {

  private static final int BINS = 64;

  @Override
  public String name() {
    return "activation_histogram";
  }

  @Override
  public String says() {
    return "fraction of each hidden layer's activations in each of 64 equal bins";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    double low = at.activation().low();
    double high = at.activation().high();
    sink.record(name() + "/low", low);
    sink.record(name() + "/high", high);
    for (int layer = 1; layer < at.layers(); layer++) {
      if (at.activation(layer) != at.activation()) {
        continue; // a sum or a linear layer, which knows no such range
      }
      float[] z = at.activations(layer);
      long[] counts = new long[BINS];
      for (float v : z) {
        if (!Float.isNaN(v)) {
          double bin = Math.floor((v - low) / (high - low) * BINS);
          counts[(int) Math.max(0, Math.min(BINS - 1, bin))]++;
        }
      }
      for (int bin = 0; bin < BINS; bin++) {
        sink.record(name(), layer, bin, (double) counts[bin] / z.length);
      }
    }
  }
}
