package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Metric;

/** Listens to one trial's training and keeps what its metrics say. For one thread. */
public final class Recorder {

  private final Setup setup;
  private final List<Metric> metrics;
  private final Set<Long> at;
  private final List<Measurement> measurements = new ArrayList<>();
  private Examples heldOut;
  private Examples probe;
  private double losses;
  private long updates;

  Recorder(Setup setup, List<Metric> metrics) {
    this.setup = setup;
    this.metrics = List.copyOf(metrics);
    this.at = new HashSet<>(setup.trial().measure().at());
  }

  /** Whether the weights are to be shown after this many updates. */
  public boolean due(long step) {
    return at.contains(step);
  }

  /** Takes note of an update's mean loss over its batch, before the update. */
  public void loss(double loss) {
    losses += loss;
    updates++;
  }

  /** Measures the network as it is after {@code step} updates. */
  public void show(long step, Parameters parameters) {
    if (heldOut == null) {
      heldOut = setup.heldOut(setup.trial().integer("test_examples"));
      probe = setup.heldOut(setup.trial().integer("probe_examples"));
    }
    Mlp network = new Mlp(parameters, setup.activation(), setup.loss());
    MlpSnapshot snapshot = new MlpSnapshot(step, losses / updates, network, heldOut, probe);
    losses = 0;
    updates = 0;
    for (Metric metric : metrics) {
      metric.measure(
          snapshot,
          (name, layer, bin, value) ->
              measurements.add(new Measurement(name, step, layer, bin, value)));
    }
  }

  /** What was measured so far. */
  List<Measurement> measurements() {
    return measurements;
  }
}
