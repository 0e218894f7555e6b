package org.initlab.benchmark;

import java.util.concurrent.TimeUnit;
import org.initlab.init.Law;
import org.initlab.init.random.Key;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a second thread gains: by the clock, the same work by one thread and then by two, in turn in
 * one process, so that both are compiled alike and meet the same minute of the machine. Beside the
 * laws stands arithmetic on numbers that stay in the first cache: what a second thread gains here
 * where both have work for every cycle and share neither memory nor anything else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 21)
@Fork(1)
public class ThreadsBenchmark {

  private static final int CACHED = 2048;
  private static final int ROUNDS = 40_000;

  /** The law's name, or arithmetic. */
  @Param({"uniform", "normal", "truncated_normal", "arithmetic"})
  public String law;

  /** Not known to the compiler. */
  public float factor = 0.999f;

  private Work work;
  private long seed;
  private volatile float other;

  /** Something that some threads do; a number of what comes of it. */
  @FunctionalInterface
  private interface Work {
    float by(int threads) throws InterruptedException;
  }

  /** Milliseconds of an iteration by the clock. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Clock {

    /** By one thread. */
    public double one;

    /** By two. */
    public double two;
  }

  /** Takes the memory. */
  @Setup
  public void prepare() {
    if (law.equals("arithmetic")) {
      work = this::arithmetic;
      return;
    }
    Law ours = DrawBenchmark.law(law);
    float[] out = new float[DrawBenchmark.SIZE];
    work =
        threads -> {
          ours.fill(Key.of(seed++), DrawBenchmark.DEVIATION, out, threads);
          return out[0];
        };
  }

  /** One thread, then two. */
  @Benchmark
  public float initlab(Clock clock) throws InterruptedException {
    long start = System.nanoTime();
    float first = work.by(1);
    long between = System.nanoTime();
    float second = work.by(2);
    clock.one = (between - start) / 1e6;
    clock.two = (System.nanoTime() - between) / 1e6;
    return first + second;
  }

  private float arithmetic(int threads) throws InterruptedException {
    if (threads == 1) {
      return rounds(ROUNDS);
    }
    Thread second = new Thread(() -> other = rounds(ROUNDS / 2), "second");
    second.start();
    float mine = rounds(ROUNDS / 2);
    second.join();
    return mine + other;
  }

  private float rounds(int count) {
    float[] x = new float[CACHED];
    for (int i = 0; i < count; i++) {
      polynomial(x, factor);
    }
    return x[0];
  }

  private static void polynomial(float[] x, float v) {
    for (int j = 0; j < x.length; j++) {
      float p = Math.fma(x[j], v, 0.1f);
      p = Math.fma(p, v, 0.2f);
      p = Math.fma(p, v, 0.3f);
      p = Math.fma(p, v, 0.4f);
      p = Math.fma(p, v, 0.5f);
      p = Math.fma(p, v, 0.6f);
      p = Math.fma(p, v, 0.7f);
      x[j] = Math.fma(p, v, 0.8f);
    }
  }
}
