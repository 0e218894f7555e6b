package org.initlab.experiment.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.CudaExamples;
import org.initlab.device.cuda.CudaLook;
import org.initlab.device.cuda.CudaProbe;
import org.initlab.device.cuda.CudaTraining;
import org.initlab.device.cuda.CudaTraining.Launch;
import org.initlab.device.cuda.DeviceMemory;
import org.initlab.device.cuda.NetworkShape;
import org.initlab.device.cuda.TrainingPlan;
import org.initlab.experiment.bench.GpuCheck.Speed;
import org.initlab.experiment.gpu.DeviceDraws;
import org.initlab.init.Law;
import org.initlab.init.random.Key;

/**
 * How fast a GPU draws and trains: the best of some rounds, by the clock on the wall, the GPU's
 * work and the copies of losses included; the driver's compilation is not.
 */
final class GpuSpeeds {

  private static final int INPUTS = 784;
  private static final int CLASSES = 10;
  private static final int DEPTH = 5;
  private static final int BATCH = 10;
  private static final int EXAMPLES = 6000;

  private final CudaDevice device;
  private final int threads;
  private final double size;
  private final int rounds;

  GpuSpeeds(CudaDevice device, int threads, double size) {
    this.device = device;
    this.threads = threads;
    this.size = size;
    this.rounds = size < 1 ? 1 : 5;
  }

  Stream<Speed> all() {
    Stream<Speed> training =
        size < 1
            ? Stream.of(
                train(threads, scaled(4096), 100, scaled(200)), look(threads, scaled(4096), 100))
            : Stream.of(threads, 2 * threads).flatMap(this::train);
    return Stream.concat(fills(), training);
  }

  /** The two networks of the goals, by blocks of so many threads. */
  private Stream<Speed> train(int threads) {
    return Stream.of(
        train(threads, 4096, 100, 200),
        train(threads, 64, 1000, 50),
        look(threads, 4096, 100),
        look(threads, 64, 1000));
  }

  private int scaled(int full) {
    return (int) Math.max(1, full * size);
  }

  private Stream<Speed> fills() {
    // 2^28 floats, or what a quarter of the memory holds
    long count = (long) Math.min(size * (1L << 28), device.freeBytes() / 4.0 / Float.BYTES);
    List<Speed> speeds = new ArrayList<>();
    try (DeviceDraws draws = new DeviceDraws(device);
        DeviceMemory out = device.memory(count * Float.BYTES);
        DeviceMemory copy = device.memory(count * Float.BYTES)) {
      double copied = seconds(() -> out.copyTo(copy));
      speeds.add(rate("a copy of " + count + " floats, counted as writes", count, copied, copied));
      for (Law law : List.of(new Law.Uniform(), new Law.Normal(), new Law.TruncatedNormal(2))) {
        double taken = seconds(() -> draws.fill(law, Key.of(1), 1, out, 0, count));
        Speed speed = rate(law.name() + ", " + count + " floats", count, taken, copied);
        speeds.add(new Speed(speed.what(), speed.found(), law.name() + " " + count, count / taken));
      }
    }
    return speeds.stream();
  }

  private static Speed rate(String what, long count, double seconds, double copy) {
    return new Speed(
        what,
        String.format(
            Locale.ROOT,
            "%.0f GB/s, %.2f of the copy",
            count * Float.BYTES / seconds / 1e9,
            copy / seconds));
  }

  /** Networks on numbers of no meaning, which cost what images cost. */
  private Speed train(int threads, int networks, int width, int steps) {
    TrainingPlan plan = plan(threads, width);
    String what =
        networks
            + " of 784-["
            + width
            + "]x"
            + DEPTH
            + "-10, batch 10, tanh, sgd, blocks of "
            + threads;
    int fit = (int) (device.freeBytes() * 0.8 / plan.bytesOfANetwork());
    if (fit < networks) {
      return new Speed(what, "do not fit into its memory");
    }
    try (CudaTraining training = started(plan, networks)) {
      Launch launch = launch(networks, steps);
      double taken = seconds(() -> training.run(launch));
      double rate = networks * steps / taken;
      return new Speed(
          what,
          String.format(
              Locale.ROOT,
              "%,.0f trial-steps a second; %d of %d kernels in shared memory",
              rate,
              plan.sharedKernels(),
              plan.shape().layers()),
          "train " + networks + " " + width + " " + steps,
          rate);
    }
  }

  private TrainingPlan plan(int threads, int width) {
    List<Integer> units = new ArrayList<>(Collections.nCopies(DEPTH, width));
    units.add(CLASSES);
    List<String> activations = new ArrayList<>(Collections.nCopies(DEPTH, "tanh"));
    activations.add("identity");
    NetworkShape shape =
        new NetworkShape(INPUTS, units, activations, BATCH, "cross_entropy", "sgd");
    return new TrainingPlan(shape, threads, device.sharedBytes());
  }

  private CudaTraining started(TrainingPlan plan, int networks) {
    float[] weights = new float[plan.parameters()];
    new Law.Normal().fill(Key.of(2), 0.05, weights);
    double[] factors = new double[2 * plan.shape().layers()];
    Arrays.fill(factors, 1);
    CudaTraining training = new CudaTraining(device, plan, networks);
    for (int i = 0; i < networks; i++) {
      training.start(i, weights, 0, factors, 0, 0, 0);
    }
    return training;
  }

  /** What a snapshot costs: loss and error, and the moments of signals there and back. */
  private Speed look(int threads, int networks, int width) {
    TrainingPlan plan = plan(threads, width);
    int heldOut = scaled(1000);
    int probe = scaled(100);
    String what =
        "snapshots of %d of 784-[%d]x%d-10, %d held-out examples and a probe of %d, blocks of %d"
            .formatted(networks, width, DEPTH, heldOut, probe, threads);
    if ((int) (device.freeBytes() * 0.8 / plan.bytesOfANetwork()) < networks) {
      return new Speed(what, "do not fit into its memory");
    }
    int[] places = IntStream.range(0, networks).toArray();
    CudaProbe.Wanted wanted = new CudaProbe.Wanted(true, false, false);
    try (CudaTraining training = started(plan, networks);
        CudaLook look = new CudaLook(device, training);
        CudaExamples all = examples(heldOut);
        CudaExamples some = examples(probe)) {
      double taken =
          seconds(
              () -> {
                look.answers(places, all);
                look.probe(places, some, wanted);
              });
      return new Speed(what, String.format(Locale.ROOT, "%,.0f a second", networks / taken));
    }
  }

  private CudaExamples examples(int count) {
    float[] x = new float[count * INPUTS];
    new Law.Uniform().fill(Key.of(3), 0.3, x);
    return new CudaExamples(device, INPUTS, x, new int[count], Long.MAX_VALUE);
  }

  private static Launch launch(int networks, int steps) {
    float[] rates = new float[networks * steps];
    Arrays.fill(rates, 0.01f);
    double[] corrections = new double[steps];
    Arrays.fill(corrections, 1);
    float[] x = new float[EXAMPLES * INPUTS];
    new Law.Uniform().fill(Key.of(3), 0.3, x);
    int[] labels = new int[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = Key.of(4).below(i, CLASSES);
    }
    int[] order = new int[steps * BATCH];
    for (int i = 0; i < order.length; i++) {
      order[i] = Key.of(5).below(i, EXAMPLES);
    }
    return new Launch(0, steps, rates, corrections, x, labels, order);
  }

  /** The least of some rounds, after one that does not count. */
  private double seconds(Runnable work) {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round <= rounds; round++) {
      device.finish();
      long start = System.nanoTime();
      work.run();
      device.finish();
      if (round > 0) {
        least = Math.min(least, (System.nanoTime() - start) / 1e9);
      }
    }
    return least;
  }
}
