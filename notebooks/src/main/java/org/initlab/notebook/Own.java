package org.initlab.notebook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.grid.Known;
import org.initlab.experiment.metric.Metrics;
import org.initlab.init.Scheme;
import org.initlab.init.named.Named;
import org.initlab.init.named.Nearest;

/**
 * Schemes and metrics that a notebook made itself, by the names that its studies use. They live in
 * this process and cannot travel: a trial that names one runs here.
 */
final class Own {

  /** What stands for a scheme of the notebook where only a network's shape counts. */
  private static final String STAND_IN = "zeros";

  private final Map<String, Scheme> schemes = new TreeMap<>();
  private final Map<String, Supplier<Metric>> metrics = new TreeMap<>();
  private final Map<String, String> marks = new HashMap<>();

  synchronized void scheme(String name, Scheme scheme) {
    require(name, "scheme");
    if (isNamed(name)) {
      throw new IllegalArgumentException(
          "'%s' is a scheme of InitLab's own. Take another name, such as my_%s."
              .formatted(name, name));
    }
    schemes.put(name, scheme);
    mark(name);
  }

  synchronized void metric(Supplier<Metric> maker) {
    String name = maker.get().name();
    require(name, "metric");
    if (Metrics.names().contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is a metric of InitLab's own. Take another name, such as my_%s."
              .formatted(name, name));
    }
    metrics.put(name, maker);
    mark(name);
  }

  /** Another definition under the same name is another thing, and gets another mark. */
  private void mark(String name) {
    marks.put(name, TrialId.ofText(name + Instant.now() + marks.size()).brief());
  }

  private static void require(String name, String what) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "'%s' is no name of a %s. Allowed: small letters, digits and underscores, a letter first."
              .formatted(name, what));
    }
  }

  private static boolean isNamed(String name) {
    try {
      Named.scheme(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The platform's names, and these. */
  synchronized Known known(Known platform) {
    Map<Argument, UnaryOperator<String>> canonical = new EnumMap<>(platform.canonical());
    UnaryOperator<String> theirs = canonical.get(Argument.SCHEME);
    Set<String> own = Set.copyOf(schemes.keySet());
    canonical.put(
        Argument.SCHEME,
        text -> {
          if (own.contains(text.strip())) {
            return text.strip();
          }
          try {
            return theirs.apply(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                Nearest.to(text, own)
                    .map(near -> e.getMessage() + " Or " + near + ".")
                    .orElse(e.getMessage()),
                e);
          }
        });
    Set<String> names = new TreeSet<>(platform.metrics());
    names.addAll(metrics.keySet());
    return new Known(canonical, names, cell -> platform.objection().apply(standIn(cell)));
  }

  /** The names of a study that are defined in this notebook. */
  synchronized List<String> used(Study study) {
    Set<String> used = new TreeSet<>();
    study.trials().stream()
        .map(trial -> trial.text(Argument.SCHEME.key()))
        .filter(schemes::containsKey)
        .forEach(used::add);
    study.measure().metrics().stream().filter(metrics::containsKey).forEach(used::add);
    return List.copyOf(used);
  }

  /**
   * The study under a name that changes with the definitions that it uses: what was stored under
   * another definition of the same name is not its result.
   */
  synchronized Study marked(Study study) {
    List<String> used = used(study);
    if (used.isEmpty()) {
      return study;
    }
    StringBuilder text = new StringBuilder();
    used.forEach(name -> text.append(name).append(marks.get(name)));
    return study.with(
        study.name() + "-own-" + TrialId.ofText(text.toString()).brief(),
        study.grid(),
        study.measure());
  }

  /** The study with stand-ins, for whoever asks the tables about it. */
  Study standIn(Study study) {
    List<Axis> axes = new ArrayList<>();
    for (Axis axis : study.grid().axes()) {
      axes.add(
          axis.name().equals(Argument.SCHEME.key())
              ? new Axis(axis.name(), axis.values().stream().map(this::standIn).distinct().toList())
              : axis);
    }
    return study.with(
        study.name(),
        new Grid(standIn(study.grid().fixed()), axes, study.grid().except()),
        standIn(study.measure()));
  }

  /** The trial with stand-ins. */
  Trial standIn(Trial trial) {
    return Trial.of(
        trial.study(),
        standIn(trial.cell()),
        trial.repeat(),
        trial.seed(),
        standIn(trial.measure()));
  }

  private Map<String, String> standIn(Map<String, String> cell) {
    Map<String, String> other = new LinkedHashMap<>(cell);
    other.computeIfPresent(Argument.SCHEME.key(), (key, name) -> standIn(name));
    return other;
  }

  private synchronized String standIn(String scheme) {
    return schemes.containsKey(scheme) ? STAND_IN : scheme;
  }

  private synchronized Measure standIn(Measure measure) {
    List<String> theirs =
        measure.metrics().stream().filter(name -> !metrics.containsKey(name)).toList();
    return new Measure(theirs, measure.at(), measure.targets());
  }

  /** The scheme of this name that the notebook made. */
  synchronized Optional<Scheme> scheme(String name) {
    return Optional.ofNullable(schemes.get(name));
  }

  /** The metrics of a measure for one trial, the platform's and these. */
  synchronized List<Metric> metrics(Measure measure) {
    List<Metric> all = new ArrayList<>();
    for (String name : measure.metrics()) {
      Supplier<Metric> maker = metrics.get(name);
      all.add(maker == null ? Metrics.named(name).create(measure) : maker.get());
    }
    return all;
  }
}
