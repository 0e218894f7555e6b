package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/** Rows {@code loss}, held out, and from the first update on {@code loss/train}. */
final class LossMetric implements Metric {

  @Override
  public String name() {
    return "loss";
  }

  @Override
  public String says() {
    return "mean loss over the held-out examples, and over the updates since the last measurement,"
        + " in nats for cross_entropy";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.HELD_OUT);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    sink.record("loss", at.heldOutLoss());
    if (at.step() > 0) {
      sink.record("loss/train", at.trainingLoss());
    }
  }
}
