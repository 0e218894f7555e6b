package org.initlab.experiment.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.store.RunFolder;

/**
 * How far a run is.
 *
 * @param where its folder, as people write it
 * @param planned trials of its study
 * @param outcomes stored ones of those, by outcome
 * @param started when its latest session began, or nothing
 * @param running whether a driver is at work
 */
record RunBrief(
    String where, long planned, Map<String, Long> outcomes, String started, boolean running) {

  static RunBrief of(RunFolder run, Study study) throws IOException {
    Set<TrialId> planned =
        study.trials().stream().map(Trial::id).collect(Collectors.toUnmodifiableSet());
    List<Row> rows = run.store().rows().stream().filter(r -> planned.contains(r.id())).toList();
    return new RunBrief(
        run.place().toString(),
        planned.size(),
        rows.stream().collect(Collectors.groupingBy(Row::outcome, Collectors.counting())),
        Provenances.latest(run).getOrDefault("started", ""),
        Heartbeat.read(run).map(h -> h.alive(Instant.now())).orElse(false));
  }

  long count(String outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /** Trials without a result. */
  long missing() {
    return planned - outcomes.values().stream().mapToLong(n -> n).sum();
  }
}
