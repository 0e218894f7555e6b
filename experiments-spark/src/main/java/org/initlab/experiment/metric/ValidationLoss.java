package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/** Row {@code validation_loss}. */
final class ValidationLoss implements Metric {

  @Override
  public String name() {
    return "validation_loss";
  }

  @Override
  public String says() {
    return "mean loss over the validation examples, which are neither learned nor tested, in nats"
        + " for cross_entropy";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.VALIDATION);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    sink.record(name(), at.validationLoss());
  }
}
