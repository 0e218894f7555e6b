package org.initlab.experiment.launch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.GridTrials;
import org.initlab.experiment.Trial;

/**
 * Packs trials of one shape into batches, the longest batch first: on CPUs such that each takes
 * seconds, on GPUs as many trials as are to be computed side by side, parted evenly among tasks
 * that run at one time.
 */
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

  /** What trials must share besides to be computed side by side: see the engine fused-cuda. */
  private static final List<Argument> KIND =
      List.of(Argument.ACTIVATION, Argument.LOSS, Argument.OPTIMIZER);

  /** No batch for a GPU is made smaller for the sake of others: a large one has 132 processors. */
  private static final int LEAST_TOGETHER = 256;

  private Batches() {}

  /** Every trial once, in batches; {@code seconds} says how long a trial is expected to take. */
  public static List<List<Trial>> of(List<Trial> trials, ToDoubleFunction<Trial> seconds) {
    return of(trials, Effort.alone(seconds), 1);
  }

  /**
   * The same by all that is known.
   *
   * @param slots tasks that run at one time
   */
  public static List<List<Trial>> of(List<Trial> trials, Effort effort, int slots) {
    Map<List<String>, Group> byShape = new LinkedHashMap<>();
    double all = 0;
    for (int i = 0; i < trials.size(); i++) {
      Trial trial = trials.get(i);
      int together = effort.together().applyAsInt(trial);
      List<String> shape =
          Stream.concat(SHAPE.stream(), together > 1 ? KIND.stream() : Stream.empty())
              .map(a -> trial.cell().getOrDefault(a.key(), ""))
              .toList();
      double expected = effort.seconds().applyAsDouble(trial);
      byShape.computeIfAbsent(shape, s -> new Group(together)).add(i, expected);
      all += expected;
    }
    double enough = Math.max(SECONDS, all / MOST);
    List<Packed> packed = new ArrayList<>();
    byShape.values().forEach(group -> packed.addAll(group.pack(enough, slots)));
    packed.sort(
        Comparator.comparingDouble((Packed p) -> -p.seconds())
            .thenComparing(p -> trials.get(p.positions()[0]).id()));
    return packed.stream().map(p -> GridTrials.pick(trials, p.positions())).toList();
  }

  /** A batch as the positions of its trials. */
  private record Packed(int[] positions, double seconds) {}

  /** The positions of trials of one shape, each with the seconds that it is expected to take. */
  private static final class Group {
    private final int together;
    private int[] positions = new int[16];
    private float[] seconds = new float[16];
    private int size;

    Group(int together) {
      this.together = together;
    }

    void add(int position, double expected) {
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, 2 * size);
        seconds = Arrays.copyOf(seconds, 2 * size);
      }
      positions[size] = position;
      seconds[size++] = (float) expected;
    }

    List<Packed> pack(double enough, int slots) {
      return together > 1 ? pack(slots) : pack(enough);
    }

    /** Parts of one size, but for one trial; the most that are computed side by side at most. */
    private List<Packed> pack(int slots) {
      int wanted = Math.max((size - 1) / slots + 1, Math.min(LEAST_TOGETHER, together));
      int parts = (size - 1) / Math.min(wanted, together) + 1;
      List<Packed> packed = new ArrayList<>();
      int start = 0;
      for (int part = 1; part <= parts; part++) {
        int end = (int) ((long) size * part / parts);
        double filled = 0;
        for (int i = start; i < end; i++) {
          filled += seconds[i];
        }
        packed.add(new Packed(Arrays.copyOfRange(positions, start, end), filled));
        start = end;
      }
      return packed;
    }

    /** Each is closed when it is expected to take long enough. */
    private List<Packed> pack(double enough) {
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
