package org.initlab.experiment.metric;

import java.util.Set;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/** Row {@code validation_error}. */
final class ValidationError implements Metric {

  @Override
  public String name() {
    return "validation_error";
  }

  @Override
  public String says() {
    return "fraction of the validation examples that are classified wrongly, from 0 to 1";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.VALIDATION);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    sink.record(name(), at.validationError());
  }
}
