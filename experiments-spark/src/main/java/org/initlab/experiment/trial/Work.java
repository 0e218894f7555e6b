package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.initlab.experiment.Outcome;

/**
 * A trial to be trained, and who listens to it.
 *
 * @param setup what is trained
 * @param recorder for this trial alone
 */
public record Work(Setup setup, Recorder recorder) {

  /** Hears how each of many trials ends. */
  @FunctionalInterface
  public interface Ends {

    /**
     * A trial has ended.
     *
     * @param seconds its own time, or its share of the time that it had with others
     */
    void ended(Work work, Outcome outcome, double seconds);
  }

  /** Those with the same values of these arguments together, in the order of their first. */
  static Collection<List<Work>> alike(List<Work> works, List<String> arguments) {
    Map<List<String>, List<Work>> alike = new LinkedHashMap<>();
    for (Work work : works) {
      List<String> key = arguments.stream().map(work.setup().trial()::text).toList();
      alike.computeIfAbsent(key, k -> new ArrayList<>()).add(work);
    }
    return alike.values();
  }

  /** How a trial ends that is alone in an engine that trains many together. */
  static Outcome alone(Engine engine, Setup setup, Recorder recorder) {
    List<Outcome> outcomes = new ArrayList<>();
    engine.trainAll(
        List.of(new Work(setup, recorder)), (work, outcome, seconds) -> outcomes.add(outcome));
    return outcomes.get(0);
  }

  /** Does what concerns one trial: what it throws is that trial's failure. */
  static Optional<Outcome> guarded(Supplier<Optional<Outcome>> part) {
    try {
      return part.get();
    } catch (Throwable e) { // An out-of-memory or link error is a result of this trial, too.
      return Optional.of(Outcome.Failed.of(e));
    }
  }
}
