package org.initlab.benchmark;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Fused multiplications and additions on numbers that stay in the first cache, by one thread and by
 * two that halve them: what a second thread gains on this machine where both have work for every
 * cycle, and neither memory nor anything else is shared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 9)
@Fork(1)
public class ArithmeticBenchmark {

  private static final int BLOCK = 2048;
  private static final int ROUNDS = 30_000;

  /** Not known to the compiler. */
  public float factor = 0.999f;

  private volatile float other;

  /** One thread. */
  @Benchmark
  public float initlab(Processor processor) {
    return rounds(ROUNDS);
  }

  /** Two threads. */
  @Benchmark
  public float initlabTwoThreads(Processor processor) throws InterruptedException {
    Thread second = new Thread(() -> other = rounds(ROUNDS / 2), "second");
    second.start();
    float mine = rounds(ROUNDS / 2);
    second.join();
    return mine + other;
  }

  private float rounds(int count) {
    float[] x = new float[BLOCK];
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
