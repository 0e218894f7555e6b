package org.initlab.experiment.metric;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Need;
import org.initlab.experiment.Snapshot;

/**
 * Row {@code steps_to_target/loss} or {@code steps_to_target/error}: the first measured step at
 * which the held-out number is at or below the study's threshold. A target that is never reached
 * has no row. It remembers what its trial has reached, so it is one trial's own.
 */
final class StepsToTarget implements Metric {

  private static final Map<String, ToDoubleFunction<Snapshot>> NUMBERS =
      Map.of("loss", Snapshot::heldOutLoss, "error", Snapshot::heldOutError);

  private final Map<String, Double> targets;
  private final Set<String> reached = new TreeSet<>();

  StepsToTarget(Map<String, Double> targets) {
    this.targets = new TreeMap<>(targets);
    if (!NUMBERS.keySet().containsAll(targets.keySet())) {
      throw new IllegalArgumentException(
          "Targets may be set for loss and error, not for " + targets.keySet() + ".");
    }
  }

  @Override
  public String name() {
    return "steps_to_target";
  }

  @Override
  public String says() {
    return "first measured step at which the held-out loss or error is at or below its target";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.HELD_OUT);
  }

  @Override
  public void measure(Snapshot at, MetricsSink sink) {
    targets.forEach(
        (number, threshold) -> {
          if (!reached.contains(number) && NUMBERS.get(number).applyAsDouble(at) <= threshold) {
            reached.add(number);
            sink.record(name() + "/" + number, at.step());
          }
        });
  }
}
