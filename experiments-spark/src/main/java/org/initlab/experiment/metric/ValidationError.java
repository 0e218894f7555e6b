package org.initlab.experiment.metric;

import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;

/** Row {@code validation_error}. */
final class ValidationError implements Metric {

  @Override
  public String name() {
    return "validation_error";
  }

  @Override
  public String says() {
    return "mean loss over the validation examples, which are neither learned nor held out for testing,"
        + " in nats for cross_entropy";
  }

  @Override
  public boolean validates() {
    return true;
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    sink.record(name(), at.validationError());
  }
}
