package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/** Row {@code error}. */
final class ErrorMetric implements Metric {

  @Override
  public String name() {
    return "error";
  }

  @Override
  public String says() {
    return "fraction of the held-out examples that are classified wrongly, from 0 to 1";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.HELD_OUT);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    sink.record("error", at.heldOutError());
  }
}
