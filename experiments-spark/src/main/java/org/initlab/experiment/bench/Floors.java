package org.initlab.experiment.bench;

import java.util.ArrayList;
import java.util.List;
import org.initlab.device.Caches;
import org.initlab.experiment.numeric.Block;
import org.initlab.experiment.numeric.DenseProducts;

/**
 * What one core does at best, measured here and now: no update can be faster than its arithmetic at
 * the peak rate, nor than its traffic at the bandwidth of the memory that holds the weights.
 *
 * @param flopsPerSecond the largest rate seen of OpenBLAS's sgemm; the true peak of fused
 *     multiply-adds lies above it, usually by a tenth
 * @param levels of memory, the nearest first
 */
public record Floors(double flopsPerSecond, List<Level> levels) {

  /** Edges of the cubic products among which the largest rate is looked for. */
  private static final int[] EDGES = {128, 256, 384, 512};

  /** Where the caches' sizes cannot be told. */
  private static final Caches USUAL = new Caches(1 << 20, 1 << 25);

  /** More than this is swept for no level. */
  private static final long LARGEST_SWEEP = 1L << 28;

  /**
   * A level of memory.
   *
   * @param name L2, L3 or DRAM
   * @param holds bytes that fit
   * @param swept bytes of the arrays that were swept
   * @param bytesPerSecond the largest rate seen, bytes read and bytes written added up
   */
  public record Level(String name, long holds, long swept, double bytesPerSecond) {}

  public Floors {
    levels = List.copyOf(levels);
  }

  /** Measures for about these seconds. */
  public static Floors measure(double seconds) {
    Caches told = Caches.here();
    long second = told.second() > 0 ? told.second() : USUAL.second();
    long third = told.third() > second ? told.third() : Math.max(USUAL.third(), 4 * second);
    double part = seconds / 4;
    List<Level> levels = new ArrayList<>();
    levels.add(level("L2", second, second / 2, part));
    levels.add(level("L3", third, Math.max(2 * second, third / 4), part));
    levels.add(level("DRAM", Long.MAX_VALUE, Math.min(4 * third, LARGEST_SWEEP), part));
    return new Floors(peak(part), levels);
  }

  /** Microseconds that the workload's products take at the peak rate. */
  public double arithmetic(Workload workload) {
    return workload.flops() / flopsPerSecond * 1e6;
  }

  /** Microseconds that the workload's weights take on their way to the core and back. */
  public double traffic(Workload workload) {
    return workload.bytes() / level(workload).bytesPerSecond() * 1e6;
  }

  /** The nearest memory that holds all of the workload's weights. */
  public Level level(Workload workload) {
    double bytes = workload.weights() * Float.BYTES;
    return levels.stream().filter(l -> bytes <= l.holds()).findFirst().orElseThrow();
  }

  private static double peak(double seconds) {
    double best = 0;
    for (int edge : EDGES) {
      int size = edge * edge;
      try (Block x = new Block(size);
          Block w = new Block(size);
          Block y = new Block(size)) {
        DenseProducts product = new DenseProducts(edge, x, w, y, null);
        double rate = largestRate(product::forward, seconds / EDGES.length);
        best = Math.max(best, rate * 2.0 * edge * size);
      }
    }
    return best;
  }

  private static Level level(String name, long holds, long bytes, double seconds) {
    int half = (int) (bytes / Float.BYTES / 2);
    float[] from = new float[half];
    float[] to = new float[half];
    double moved = 4.0 * half * Float.BYTES;
    double best =
        Math.max(
            largestRate(
                () -> {
                  System.arraycopy(from, 0, to, 0, half);
                  System.arraycopy(to, 0, from, 0, half);
                },
                seconds / 2),
            largestRate(
                () -> {
                  scale(from, 0.5f);
                  scale(to, 0.5f);
                },
                seconds / 2));
    return new Level(name, holds, bytes, best * moved);
  }

  private static void scale(float[] a, float factor) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  /** Calls a second in the fastest of many short turns, by processor time. */
  private static double largestRate(Runnable call, double seconds) {
    double best = 0;
    int calls = 1;
    double done = 0;
    do {
      Span.Look start = Span.Look.now();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      double took = start.until(Span.Look.now()).cpuSeconds();
      done += took;
      if (took < seconds / 20) {
        calls *= 2;
      } else {
        best = Math.max(best, calls / took);
      }
    } while (done < seconds || best == 0);
    return best;
  }
}
