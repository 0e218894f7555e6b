package org.initlab.benchmark;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.initlab.init.Law;
import org.initlab.init.random.Key;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.RandomOp;
import org.nd4j.linalg.api.ops.random.impl.GaussianDistribution;
import org.nd4j.linalg.api.ops.random.impl.TruncatedNormalDistribution;
import org.nd4j.linalg.api.ops.random.impl.UniformDistribution;
import org.nd4j.linalg.factory.Nd4j;
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

/** {@value #SIZE} floats of a law into memory that is there already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 9)
@Fork(1)
public class DrawBenchmark {

  static final int SIZE = 1 << 24;
  static final double DEVIATION = 0.05;

  /** The law's name. */
  @Param({"uniform", "normal", "truncated_normal"})
  public String law;

  private float[] out;
  private INDArray array;
  private Law ours;
  private RandomOp theirs;
  private Random random;
  private long seed;

  /** Takes the memory. */
  @Setup
  public void prepare() {
    out = new float[SIZE];
    random = new Random(7);
    double limit = Math.sqrt(3) * DEVIATION;
    ours = law(law);
    array = Nd4j.createUninitialized(DataType.FLOAT, SIZE);
    switch (law) {
      case "uniform" -> theirs = new UniformDistribution(array, -limit, limit);
      case "normal" -> theirs = new GaussianDistribution(array, 0, DEVIATION);
      default -> theirs = new TruncatedNormalDistribution(array, 0, DEVIATION);
    }
  }

  static Law law(String name) {
    return switch (name) {
      case "uniform" -> new Law.Uniform();
      case "normal" -> new Law.Normal();
      default -> new Law.TruncatedNormal(2);
    };
  }

  /** InitLab, one thread. */
  @Benchmark
  public float[] initlab(Processor processor) {
    ours.fill(Key.of(seed++), DEVIATION, out);
    return out;
  }

  /** ND4J's own operation. */
  @Benchmark
  public INDArray nd4j(Processor processor) {
    Nd4j.getExecutioner().exec(theirs);
    return array;
  }

  /** The JDK's generator, number by number. */
  @Benchmark
  public float[] javaUtilRandom(Processor processor) {
    float scale = (float) (2 * Math.sqrt(3) * DEVIATION);
    for (int i = 0; i < SIZE; i++) {
      out[i] =
          switch (law) {
            case "uniform" -> (random.nextFloat() - 0.5f) * scale;
            case "normal" -> (float) (random.nextGaussian() * DEVIATION);
            default -> (float) (withinTwo() * DEVIATION);
          };
    }
    return out;
  }

  private double withinTwo() {
    double x;
    do {
      x = random.nextGaussian();
    } while (Math.abs(x) > 2);
    return x;
  }
}
