package org.initlab.benchmark;

import java.util.concurrent.TimeUnit;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.Weights;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An orthogonal matrix of 1024 by 1024. ND4J's own distribution of that name does not run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 9)
@Fork(1)
public class OrthogonalBenchmark {

  private final Initializer orthogonal = Named.initializer("orthogonal");
  private final Site site = Site.dense(1024, 1024);
  private long seed;

  /** InitLab, one thread. */
  @Benchmark
  public Weights initlab(Processor processor) {
    return orthogonal.draw(site, Key.of(seed++));
  }
}
