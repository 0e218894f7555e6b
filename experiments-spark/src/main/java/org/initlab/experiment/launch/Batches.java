package org.initlab.experiment.launch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.initlab.experiment.Argument;
import org.initlab.experiment.GridTrials;
import org.initlab.experiment.Trial;

/** Packs trials of one shape into batches that take seconds each, the longest batch first. */
public final class Batches {

  /** A batch is closed when it is expected to take this long. */
  private static final double SECONDS = 3;

  /** More tasks than this cost a driver more than they even out. */
  private static final int MOST = 20_000;

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
    Map<List<String>, Group> byShape = new LinkedHashMap<>();
    double all = 0;
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      List<String> shape = SHAPE.stream().map(a -> trial.cell().getOrDefault(a.key(), "")).toList();
      double expected = seconds.applyAsDouble(trial);
      byShape.computeIfAbsent(shape, s -> new Group()).add(i, expected);
      all += expected;
    }
    double enough = Math.max(SECONDS, all / MOST);
    List<Packed> packed = new ArrayList<>();
    byShape.values().forEach(group -> packed.addAll(group.pack(enough)));
    packed.sort(
        Comparator.comparingDouble((Packed p) -> -p.seconds())
            .thenComparing(p -> trials.get(p.positions()[0]).id()));
    return packed.stream().map(p -> GridTrials.pick(trials, p.positions())).toList();
  }

  /** A batch as the positions of its trials. */
  private record Packed(int[] positions, double seconds) {}

  /** The positions of trials of one shape, each with the seconds that it is expected to take. */
  private static final class Group {
    private int[] positions = new int[16];
    private float[] seconds = new float[16];
    private int size;

    void add(int position, double expected) {
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, 2 * size);
        seconds = Arrays.copyOf(seconds, 2 * size);
      }
      positions[size] = position;
      seconds[size++] = (float) expected;
    }

    List<Packed> pack(double enough) {
      List<Packed> packed = new ArrayList<>();
      int start = 0;
      double filled = 0;
      for (int i = 0; i < size; i++) {
        filled += seconds[i];
        if (filled >= enough || i == size - 1) {
          packed.add(new Packed(Arrays.copyOfRange(positions, start, i + 1), filled));
          start = i + 1;
          filled = 0;
        }
      }
      return packed;
    }
  }
}
