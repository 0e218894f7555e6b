package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/**
 * The fraction of a hidden layer's units that pass no gradient for any probe example: {@code
 * |f'(s)| <= } {@value #NOTHING} for all of them. For ReLU these are the units that give 0 for
 * every input (Lu, Shin, Su and Karniadakis 2019, "Dying ReLU and initialization", section 2); for
 * others, those that are saturated for good. NaN where a pre-activation is no number. Layers
 * without the network's activation have no row.
 *
 * <p>A unit that is dead on a small probe may live on other data.
 */
final class DeadUnits implements Metric {

  private static final double NOTHING = 1e-6;

  @Override
  public String name() {
    return "dead_units";
  }

  @Override
  public String says() {
    return "fraction of each hidden layer's units whose slope is 0 (at most 1e-6) for every probe"
        + " example";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.SIGNALS);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    for (int layer = 1; layer < at.layers(); layer++) {
      if (at.activation(layer) == at.activation()) {
        int one = layer;
        sink.record(name(), layer, at.foundDeadUnits(layer).orElseGet(() -> dead(at, one)));
      }
    }
  }

  private static double dead(Snapshot at, int layer) {
    int units = at.units(layer);
    boolean[] alive = new boolean[units];
    float[] s = at.preActivations(layer);
    for (int i = 0; i < s.length; i++) {
      if (Float.isNaN(s[i])) {
        return Double.NaN;
      }
      alive[i % units] |= Math.abs(at.activation(layer).slope(s[i])) > NOTHING;
    }
    int dead = 0;
    for (boolean lives : alive) {
      dead += lives ? 0 : 1;
    }
    return (double) dead / units;
  }
}
