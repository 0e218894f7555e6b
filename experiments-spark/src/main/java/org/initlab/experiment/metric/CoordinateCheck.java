package org.initlab.experiment.metric;

import java.util.HashMap;
import java.util.Map;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/**
 * How far training has moved each layer's activations (of the output layer, its outputs s) on the
 * probe: the mean of |x_t - x_0| over units and examples, and {@code /std}, the root of the mean of
 * its square, t being the step and x_0 before the first update. In the maximal update
 * parametrization both stay level as width grows; elsewhere some layer's grow or fade (Yang et al.
 * 2021, "Tensor programs V", figure 5 and appendix D.1). The slope against width is a number of
 * many trials: in SQL, {@code regr_slope(ln(value), ln(width))} and {@code regr_r2}. Step 0 must be
 * among the measured; it has no row itself. It keeps a copy of the activations, so it is one
 * trial's own.
 *
 * <p>It is not the size of the activations, |x_t|, which the authors' package plots.
 */
final class CoordinateCheck implements Metric {

  private final Map<Integer, float[]> first = new HashMap<>();

  @Override
  public String name() {
    return "coordinate_check";
  }

  @Override
  public String says() {
    return "mean absolute and root mean square change of each layer's activations since step 0";
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer <= at.layers(); layer++) {
      float[] now = layer < at.layers() ? at.activations(layer) : at.preActivations(layer);
      if (at.step() == 0) {
        first.put(layer, now.clone());
      } else if (first.containsKey(layer)) {
        compare(now, first.get(layer), layer, sink);
      }
    }
  }

  private void compare(float[] now, float[] then, int layer, MetricsSink sink) {
    double absolute = 0;
    double squares = 0;
    for (int i = 0; i < now.length; i++) {
      double change = (double) now[i] - then[i];
      absolute += Math.abs(change);
      squares += change * change;
    }
    sink.record(name(), layer, absolute / now.length);
    sink.record(name() + "/std", layer, Math.sqrt(squares / now.length));
  }
}
