package org.initlab.device.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks at networks that are being trained, where the GPU holds their weights, by the kernels of
 * look.cu: a block of threads a network. What it finds of a network depends on no other, nor on how
 * many fit into the memory at a time. To be closed before the training.
 */
public final class CudaLook implements AutoCloseable {

  /** What one network's signals on a probe may take of the GPU's memory. */
  private static final long MOST_BYTES_OF_A_PROBE = 256L << 20;

  /** Of the GPU's free memory, what the signals of all networks of a launch may take. */
  private static final double SHARE_OF_MEMORY = 0.25;

  private final CudaDevice device;
  private final CudaTraining training;
  private final int mostTogether;
  private final CudaModule module;
  private final CudaKernel answers;
  private final CudaKernel probe;

  /**
   * How a network answers to labelled examples.
   *
   * @param loss its mean; NaN of no examples
   * @param error the fraction that it gets wrong; NaN of no examples
   */
  public record Answers(double loss, double error) {}

  /** Networks of one launch: where the training has them, and room for their signals. */
  private record Group(int from, int size, DeviceMemory places, DeviceMemory workspace) {}

  /** A launch. */
  @FunctionalInterface
  private interface Launch {
    void of(Group group);
  }

  /** Looks at the networks of this training. */
  public CudaLook(CudaDevice device, CudaTraining training) {
    this(device, training, Integer.MAX_VALUE);
  }

  /** The same, no more of them together. */
  CudaLook(CudaDevice device, CudaTraining training, int mostTogether) {
    this.mostTogether = mostTogether;
    this.device = device;
    this.training = training;
    this.module = device.module("look");
    this.answers = module.kernel("look_answers");
    this.probe = module.kernel("look_probe");
  }

  /**
   * Whether a probe of so many examples is not too large for {@link #probe}; a larger one is for
   * the CPU. It depends on the sizes and the GPU alone: a network is always looked at in one way.
   */
  public static boolean takes(TrainingPlan plan, int examples) {
    long part = TrainingPlan.LOOK_PART;
    long rows = (examples + part - 1) / part * part;
    NetworkShape shape = plan.shape();
    long units = shape.inputs() + 2 * shape.units().stream().mapToLong(u -> u).sum();
    return examples > 0
        && plan.hasRoomFor(rows)
        && rows * units * Float.BYTES <= MOST_BYTES_OF_A_PROBE;
  }

  /** How the networks at these places answer to the examples. */
  public List<Answers> answers(int[] places, CudaExamples examples) {
    TrainingPlan plan = training.plan().toLook(TrainingPlan.LOOK_PART);
    double[] all = new double[2 * places.length];
    try (DeviceMemory numbers = numbers(plan)) {
      groups(
          plan,
          2L * Double.BYTES,
          places,
          group -> {
            try (DeviceMemory sums = device.memory(2L * Double.BYTES * group.size())) {
              sums.clear();
              examples.parts(
                  (x, labels, count) ->
                      answers.launch(
                          group.size(),
                          plan.threads(),
                          plan.sharedBytes(),
                          numbers,
                          training.parameters(),
                          group.places(),
                          group.workspace(),
                          x,
                          labels,
                          count,
                          sums));
              double[] some = new double[2 * group.size()];
              sums.get(0, some);
              System.arraycopy(some, 0, all, 2 * group.from(), some.length);
            }
          });
    }
    List<Answers> found = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      found.add(new Answers(all[2 * i] / examples.count(), all[2 * i + 1] / examples.count()));
    }
    return found;
  }

  /**
   * What happens to a probe in the networks at these places.
   *
   * @param examples the probe, which must be whole in the GPU's memory
   */
  public List<CudaProbe> probe(int[] places, CudaExamples examples, CudaProbe.Wanted wanted) {
    if (!examples.whole() || !takes(training.plan(), examples.count())) {
      throw new IllegalArgumentException(
          "A probe of " + examples.count() + " examples is too large for a look.");
    }
    TrainingPlan plan = training.plan().toLook(examples.count());
    int layers = plan.shape().layers();
    int numbersEach = layers * CudaProbe.NUMBERS_OF_A_LAYER;
    int outputsEach = examples.count() * plan.shape().out(layers);
    List<CudaProbe> found = new ArrayList<>();
    try (DeviceMemory numbers = numbers(plan)) {
      groups(
          plan,
          (long) Double.BYTES * numbersEach + (long) Float.BYTES * outputsEach,
          places,
          group -> {
            int size = group.size();
            try (DeviceMemory sums = device.memory((long) Double.BYTES * size * numbersEach);
                DeviceMemory outputs = device.memory((long) Float.BYTES * size * outputsEach)) {
              sums.clear();
              examples.parts(
                  (x, labels, count) ->
                      probe.launch(
                          size,
                          plan.threads(),
                          plan.sharedBytes(),
                          numbers,
                          training.parameters(),
                          group.places(),
                          group.workspace(),
                          x,
                          labels,
                          wanted.bits(),
                          sums,
                          outputs));
              double[] all = new double[size * numbersEach];
              sums.get(0, all);
              for (int i = 0; i < size; i++) {
                float[] gradients = new float[wanted.outputGradients() ? outputsEach : 0];
                outputs.get((long) i * outputsEach, gradients);
                found.add(
                    new CudaProbe(
                        Arrays.copyOfRange(all, i * numbersEach, (i + 1) * numbersEach),
                        gradients));
              }
            }
          });
    }
    return found;
  }

  private DeviceMemory numbers(TrainingPlan plan) {
    int[] written = plan.numbers();
    DeviceMemory numbers = device.memory((long) Integer.BYTES * written.length);
    numbers.put(0, written);
    return numbers;
  }

  /**
   * As many networks at a time as have room for their signals.
   *
   * @param found bytes of what is found of a network
   */
  private void groups(TrainingPlan plan, long found, int[] places, Launch launch) {
    long each = (long) Float.BYTES * plan.workspace();
    long fit = (long) (device.freeBytes() * SHARE_OF_MEMORY) / (each + found);
    int most = (int) Math.max(1, Math.min(Math.min(places.length, mostTogether), fit));
    for (int from = 0; from < places.length; from += most) {
      int size = Math.min(most, places.length - from);
      try (DeviceMemory at = device.memory((long) Integer.BYTES * size);
          DeviceMemory workspace = device.memory(Math.max(Long.BYTES, each * size))) {
        at.put(0, Arrays.copyOfRange(places, from, from + size));
        launch.of(new Group(from, size, at, workspace));
      }
    }
  }

  @Override
  public void close() {
    module.close();
  }
}
