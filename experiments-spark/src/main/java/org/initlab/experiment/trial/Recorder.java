package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/**
 * Listens to one trial's training and keeps what its metrics say. For one thread. To be closed
 * before the network that it was shown.
 */
public final class Recorder implements AutoCloseable {

  private final Setup setup;
  private final List<Metric> metrics;
  private final long[] at;
  private final List<Measurement> measurements = new ArrayList<>();
  private Probes probes;
  private double losses;
  private long updates;

  /** Of a trial with these metrics, which are its own. */
  public Recorder(Setup setup, List<Metric> metrics) {
    this.setup = setup;
    this.metrics = List.copyOf(metrics);
    this.at = setup.trial().measure().at().stream().mapToLong(step -> step).sorted().toArray();
  }

  /** Of a trial without metrics. */
  public static Recorder ofNothing(Setup setup) {
    return new Recorder(setup, List.of());
  }

  /** Whether the weights are to be shown after this many updates. */
  public boolean due(long step) {
    return Arrays.binarySearch(at, step) >= 0;
  }

  /** Takes note of an update's mean loss over its batch, before the update. */
  public void loss(double loss) {
    losses += loss;
    updates++;
  }

  /** What its metrics ask a snapshot for. */
  Set<Need> needs() {
    Set<Need> needs = EnumSet.noneOf(Need.class);
    metrics.forEach(metric -> needs.addAll(metric.needs()));
    return needs;
  }

  /** Measures the network as it is after {@code step} updates; the same network every time. */
  void show(long step, DenseNetwork network) {
    if (probes == null) {
      probes = Probes.of(setup, network);
    }
    show(trainingLoss -> new MlpSnapshot(step, trainingLoss, probes));
  }

  /** Measures the snapshot that is made of the mean training loss since the one before. */
  void show(DoubleFunction<Snapshot> made) {
    Snapshot snapshot = made.apply(losses / updates);
    losses = 0;
    updates = 0;
    for (Metric metric : metrics) {
      metric.measure(
          snapshot,
          (name, layer, bin, value) ->
              measurements.add(new Measurement(name, snapshot.step(), layer, bin, value)));
    }
  }

  /** Frees the memory that snapshots took. */
  @Override
  public void close() {
    if (probes != null) {
      probes.close();
      // Whoever holds the recorder of a trial that has ended holds its measurements, no more.
      probes = null;
    }
  }

  /** What was measured so far. */
  public List<Measurement> measurements() {
    return measurements;
  }
}
