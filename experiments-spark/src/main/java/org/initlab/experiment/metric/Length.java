package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Signal;
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
  public Set<Need> needs() {
    return Set.of(Need.SIGNALS);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer <= at.layers(); layer++) {
      sink.record(name(), layer, at.moments(Signal.PRE_ACTIVATIONS, layer).secondMoment());
    }
  }
}
