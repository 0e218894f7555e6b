package org.initlab.experiment.launch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;

/** Packs trials of one shape into batches that take seconds each, the longest batch first. */
public final class Batches {

  /** A batch is closed when it is expected to take this long. */
  private static final double SECONDS = 3;

  private static final List<Argument> SHAPE =
      List.of(
          Argument.ENGINE,
          Argument.ARCHITECTURE,
          Argument.DATASET,
          Argument.DEPTH,
          Argument.WIDTH,
          Argument.BATCH);

  private Batches() {}

  /** Every trial once, in batches; {@code seconds} says how long a trial is expected to take. */
  public static List<List<Trial>> of(List<Trial> trials, ToDoubleFunction<Trial> seconds) {
    Map<List<String>, List<Trial>> byShape = new LinkedHashMap<>();
    for (Trial trial : trials) {
      List<String> shape = SHAPE.stream().map(a -> trial.cell().getOrDefault(a.key(), "")).toList();
      byShape.computeIfAbsent(shape, s -> new ArrayList<>()).add(trial);
    }
    List<List<Trial>> batches = new ArrayList<>();
    byShape.values().forEach(group -> batches.addAll(pack(group, seconds)));
    batches.sort(
        Comparator.comparingDouble(
                (List<Trial> batch) -> -batch.stream().mapToDouble(seconds).sum())
            .thenComparing(batch -> batch.get(0).id()));
    return batches;
  }

  private static List<List<Trial>> pack(List<Trial> group, ToDoubleFunction<Trial> seconds) {
    List<List<Trial>> packed = new ArrayList<>();
    List<Trial> open = new ArrayList<>();
    double filled = 0;
    for (Trial trial : group) {
      open.add(trial);
      filled += seconds.applyAsDouble(trial);
      if (filled >= SECONDS) {
        packed.add(List.copyOf(open));
        open.clear();
        filled = 0;
      }
    }
    if (!open.isEmpty()) {
      packed.add(List.copyOf(open));
    }
    return packed;
  }
}
