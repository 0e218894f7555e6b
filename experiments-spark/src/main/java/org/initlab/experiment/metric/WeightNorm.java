package org.initlab.experiment.metric;

import java.util.HashMap;
import java.util.Map;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * Frobenius norms of each layer's kernel, {@code weight_norm}; from the second snapshot on of its
 * updates, {@code /update} = |W - W'| / k for k updates since the snapshot before, at W'; and their
 * quotient {@code /update_ratio} = /update by the norm now, for which a rule of thumb says 1e-3 an
 * update. It keeps a copy of the weights, so it is one trial's own.
 *
 * <p>Updates that undo one another do not show: |W - W'| / k is at most the mean norm of an update,
 * and equal to it where every update is looked at.
 */
final class WeightNorm implements Metric {

  private final Map<Integer, float[]> before = new HashMap<>();
  private long step;

  @Override
  public String name() {
    return "weight_norm";
  }

  @Override
  public String says() {
    return "Frobenius norm of each layer's kernel, of its change an update since the last"
        + " measurement, and their ratio";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer <= at.layers(); layer++) {
      float[] weights = at.weights(layer);
      double norm = distance(weights, null);
      sink.record(name(), layer, norm);
      float[] old = before.put(layer, weights);
      if (old != null) {
        double update = distance(weights, old) / (at.step() - step);
        sink.record(name() + "/update", layer, update);
        sink.record(name() + "/update_ratio", layer, update / norm);
      }
    }
    step = at.step();
  }

  /** |a - b|, b being 0 if it is null. */
  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = b == null ? a[i] : (double) a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
