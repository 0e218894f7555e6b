package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/**
 * How near to its bounds a hidden layer works: the 98th percentile of |activation|, as in Glorot
 * and Bengio 2010, figure 3. It is the value of rank {@code ceil(0.98 n)}, without interpolation.
 */
final class Saturation implements Metric {

  @Override
  public String name() {
    return "saturation";
  }

  @Override
  public String says() {
    return "98th percentile of the absolute activations of each hidden layer";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.SATURATION);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer < at.layers(); layer++) {
      int one = layer;
      sink.record(name(), layer, at.foundSaturation(layer).orElseGet(() -> of(at, one)));
    }
  }

  private static double of(Snapshot at, int layer) {
    float[] size = at.activations(layer).clone();
    for (int i = 0; i < size.length; i++) {
      size[i] = Math.abs(size[i]);
    }
    int rank = (int) ((size.length * 98L + 99) / 100);
    return Selection.of(size, rank - 1);
  }
}
