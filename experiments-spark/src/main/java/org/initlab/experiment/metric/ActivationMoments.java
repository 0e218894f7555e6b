package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Moments;
import org.initlab.experiment.Need;
import org.initlab.experiment.Signal;
import org.initlab.experiment.Snapshot;

/**
 * Moments of a hidden layer's activations over all units and probe examples: Glorot and Bengio
 * 2010, figures 2, 3 and 6; the second moment is what mean-field theory predicts.
 */
final class ActivationMoments implements Metric {

  @Override
  public String name() {
    return "activation_moments";
  }

  @Override
  public String says() {
    return "mean, standard deviation and second moment of each hidden layer's activations";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.SIGNALS);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer < at.layers(); layer++) {
      Moments moments = at.moments(Signal.ACTIVATIONS, layer);
      sink.record(name() + "/mean", layer, moments.mean());
      sink.record(name() + "/std", layer, moments.std());
      sink.record(name() + "/second_moment", layer, moments.secondMoment());
    }
  }
}
