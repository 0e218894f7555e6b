package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Moments;
import org.initlab.experiment.Need;
import org.initlab.experiment.Signal;
import org.initlab.experiment.Snapshot;

/**
 * Moments of the back-propagated gradients: with respect to pre-activations, of each probe
 * example's own loss (Glorot and Bengio 2010, figure 7), and with respect to kernels, of the mean
 * loss over the probe (figures 8 and 9).
 */
final class GradientMoments implements Metric {

  @Override
  public String name() {
    return "gradient_moments";
  }

  @Override
  public String says() {
    return "mean and standard deviation of the gradients with respect to each layer's"
        + " pre-activations, an example at a time, and to its kernel, of the mean loss";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.GRADIENTS);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer <= at.layers(); layer++) {
      Moments back = at.moments(Signal.PRE_ACTIVATION_GRADIENTS, layer);
      sink.record(name() + "/preactivation_mean", layer, back.mean());
      sink.record(name() + "/preactivation_std", layer, back.std());
      Moments weight = at.moments(Signal.WEIGHT_GRADIENTS, layer);
      sink.record(name() + "/weight_mean", layer, weight.mean());
      sink.record(name() + "/weight_std", layer, weight.std());
    }
  }
}
