package org.initlab.experiment.mlflow;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.Measurement;

/**
 * A trial as MLflow sees it.
 *
 * @param trial its id
 * @param name what the list of runs shows
 * @param params what was asked, by name
 * @param tags where it comes from and how it ended, by name
 * @param outcome the word of its outcome
 * @param start when it began
 * @param end when it was stored
 * @param measurements its numbers
 */
public record TrialRun(
    String trial,
    String name,
    Map<String, String> params,
    Map<String, String> tags,
    String outcome,
    Instant start,
    Instant end,
    List<Measurement> measurements) {

  public TrialRun {
    params = Map.copyOf(params);
    tags = Map.copyOf(tags);
    measurements = List.copyOf(measurements);
  }

  /** The same with a further tag. */
  public TrialRun with(String tag, String value) {
    Map<String, String> more = new HashMap<>(tags);
    more.put(tag, value);
    return new TrialRun(trial, name, params, more, outcome, start, end, measurements);
  }

  /** Numbers that are NaN or infinite. */
  public long notFinite() {
    return measurements.stream().filter(m -> !Double.isFinite(m.value())).count();
  }
}
