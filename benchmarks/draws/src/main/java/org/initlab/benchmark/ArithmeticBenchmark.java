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
 * A chain of multiplications and additions in registers, by one thread and by two that halve it:
 * what a second thread gains on this machine where nothing is read, written or shared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 9)
@Fork(1)
public class ArithmeticBenchmark {

  private static final int STEPS = 50_000_000;

  /** Where the chain starts: not known to the compiler. */
  public long seed = 1;

  private volatile long half;

  /** One thread. */
  @Benchmark
  public long initlab(Processor processor) {
    return chain(STEPS);
  }

  /** Two threads. */
  @Benchmark
  public long initlabTwoThreads(Processor processor) throws InterruptedException {
    Thread other = new Thread(() -> half = chain(STEPS / 2), "half");
    other.start();
    long mine = chain(STEPS / 2);
    other.join();
    return mine + half;
  }

  private long chain(int steps) {
    long x = seed;
    for (int i = 0; i < steps; i++) {
      x = x * 6364136223846793005L + 1442695040888963407L;
    }
    return x;
  }
}
