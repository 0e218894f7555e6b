package org.initlab.experiment.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Study;
import org.initlab.experiment.store.RunFolder;

/**
 * What a run's numbers depend on, by name: the settings of its study, and the code, the machine and
 * the data of its latest session.
 */
record RunFacts(Map<String, String> facts) {

  /** What every session has anew, and what the study's settings already say. */
  private static final Set<String> PASSED_OVER = Set.of("started", "study", "seed");

  /** A fact in which two runs differ. */
  record Difference(String what, String a, String b) {}

  /** The facts of a run. */
  static RunFacts of(RunFolder folder, Study study) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("study", study.name());
    facts.put("seed", Long.toString(study.seed()));
    facts.put("repeats", Integer.toString(study.repeats()));
    for (Argument argument : Argument.values()) {
      facts.put(argument.key(), setting(study, argument.key()));
    }
    facts.put("metrics", String.join(", ", study.measure().metrics()));
    facts.put(
        "measured at",
        study.measure().at().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    facts.put(
        "targets",
        study.measure().targets().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::toString)
            .collect(Collectors.joining(", ")));
    List<Map<String, String>> sessions = Provenances.read(folder);
    if (!sessions.isEmpty()) {
      sessions.get(sessions.size() - 1).entrySet().stream()
          .filter(e -> !PASSED_OVER.contains(e.getKey()))
          .forEach(e -> facts.put(e.getKey(), e.getValue()));
    }
    if (sessions.size() > 1) {
      facts.put("sessions", sessions.size() + ", of which this is the latest");
    }
    return new RunFacts(facts);
  }

  private static String setting(Study study, String argument) {
    return study.grid().axes().stream()
        .filter(axis -> axis.name().equals(argument))
        .findFirst()
        .map(Axis::values)
        .map(values -> String.join("; ", values))
        .orElse(study.grid().fixed().getOrDefault(argument, ""));
  }

  /** Where {@code this} and another run differ; {@code -} stands for what one does not have. */
  List<Difference> against(RunFacts other) {
    Set<String> names = new java.util.LinkedHashSet<>(facts.keySet());
    names.addAll(other.facts.keySet());
    return names.stream()
        .filter(name -> !text(name).equals(other.text(name)))
        .map(name -> new Difference(name, text(name), other.text(name)))
        .toList();
  }

  /** The names of what both have alike and is worth telling. */
  List<String> alike(RunFacts other) {
    return facts.keySet().stream()
        .filter(name -> !facts.get(name).isEmpty() && text(name).equals(other.text(name)))
        .filter(name -> Argument.of(name).isEmpty())
        .toList();
  }

  private String text(String name) {
    String text = facts.getOrDefault(name, "");
    return text.isEmpty() ? "-" : text;
  }
}
