package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.device.cuda.CudaTraining;

/**
 * The examples of many trials for some updates at a time. Trials of one course see the same
 * examples in the same order, so each such stream is read and sent once. A finite set that fits is
 * sent once as a whole, and of each update the places of its examples.
 */
final class CudaBatches {

  /** What is sent at a time, about. */
  private static final long BYTES = 64 << 20;

  /** Of the memory that is free behind the networks, what a whole data set may take. */
  private static final double SHARE_OF_MEMORY = 0.5;

  /** What of some updates a GPU gets: see {@link CudaTraining.Launch}. */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(float[] examples, int[] labels, int[] order) {}

  private final List<ExampleStream> streams = new ArrayList<>();
  private final int[] numbers;
  private final Dataset dataset;
  private final int batch;
  private final int inputs;
  private boolean whole;

  /** Of trials with one data set and one size of batch. */
  CudaBatches(List<Setup> setups) {
    Map<Setup.Course, Integer> known = new LinkedHashMap<>();
    this.numbers = new int[setups.size()];
    for (int i = 0; i < numbers.length; i++) {
      Setup setup = setups.get(i);
      numbers[i] = known.computeIfAbsent(setup.course(), k -> known.size());
      if (numbers[i] == streams.size()) {
        streams.add(setup.training());
      }
    }
    this.batch = setups.get(0).batch();
    this.dataset = setups.get(0).dataset();
    this.inputs = dataset.inputs();
  }

  /** Sends the whole data set if it is finite and so many free bytes leave room for it. */
  void sendWhole(CudaTraining training, long freeBytes) {
    Optional<ExampleStream> all = dataset.inFiles();
    double bytes = (double) dataset.trainingExamples() * (inputs + 1) * Float.BYTES;
    if (all.isEmpty() || bytes > freeBytes * SHARE_OF_MEMORY) {
      return;
    }
    int count = Math.toIntExact(dataset.trainingExamples());
    training.hold(count);
    int most = (int) Math.max(1, BYTES / ((long) inputs * Float.BYTES));
    for (int from = 0; from < count; from += most) {
      int part = Math.min(most, count - from);
      float[] examples = new float[part * inputs];
      int[] labels = new int[part];
      for (int i = 0; i < part; i++) {
        labels[i] = all.get().write(from + i, examples, i * inputs);
      }
      training.put(from, examples, labels);
    }
    whole = true;
  }

  /** A trial's stream. */
  int stream(int trial) {
    return numbers[trial];
  }

  /** Of how many updates the examples, and the losses of so many trials, are sent at a time. */
  int mostSteps(int trials) {
    long each = whole ? Integer.BYTES : (long) inputs * Float.BYTES;
    long examples = streams.size() * batch * each;
    long losses = (long) trials * (Double.BYTES + Float.BYTES);
    return (int) Math.max(1, Math.min(10_000, BYTES / Math.max(examples, losses)));
  }

  /** The examples of the updates {@code done + 1} to {@code done + steps}. */
  Part part(long done, int steps) {
    int count = streams.size() * steps * batch;
    if (whole) {
      return new Part(new float[0], new int[0], places(done, steps, count));
    }
    Part part =
        new Part(new float[Math.multiplyExact(count, inputs)], new int[count], new int[count]);
    for (int i = 0; i < count; i++) {
      ExampleStream stream = streams.get(i / (steps * batch));
      part.labels[i] = stream.write(done * batch + i % (steps * batch), part.examples, i * inputs);
      part.order[i] = i;
    }
    return part;
  }

  private int[] places(long done, int steps, int count) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = streams.get(i / (steps * batch)).place(done * batch + i % (steps * batch));
    }
    return places;
  }
}
