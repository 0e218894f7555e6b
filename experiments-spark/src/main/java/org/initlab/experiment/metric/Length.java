package org.initlab.experiment.metric;

import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * The length q of the signal: the mean square of each layer's pre-activations over its units and
 * the probe (Poole et al. 2016, section 2). Layers are those of weights, the output layer included.
 *
 * <p>It is not a variance: nothing is centred.
 */
final class Length implements Metric {

  @Override
  public String name() {
    return "length";
  }

  @Override
  public String says() {
    return "mean square q of each layer's pre-activations";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer <= at.layers(); layer++) {
      sink.record(name(), layer, Moments.of(at.preActivations(layer)).secondMoment());
    }
  }
}
