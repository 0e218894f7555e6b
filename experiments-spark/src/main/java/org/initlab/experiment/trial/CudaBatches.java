package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The examples of many trials for some updates at a time. Trials of one course see the same
 * examples in the same order, so each such stream is read and sent once.
 */
final class CudaBatches {

  /** What is sent at a time, about. */
  private static final long BYTES = 64 << 20;

  /** What of some updates a GPU gets: see {@link org.initlab.device.cuda.CudaTraining.Launch}. */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(float[] examples, int[] labels, int[] order) {}

  private final List<ExampleStream> streams = new ArrayList<>();
  private final int[] numbers;
  private final int batch;
  private final int inputs;

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
    this.inputs = setups.get(0).dataset().inputs();
  }

  /** A trial's stream. */
  int stream(int trial) {
    return numbers[trial];
  }

  /** Of how many updates the examples, and the losses of so many trials, are sent at a time. */
  int mostSteps(int trials) {
    long examples = (long) streams.size() * batch * inputs * Float.BYTES;
    long losses = (long) trials * (Double.BYTES + Float.BYTES);
    return (int) Math.max(1, Math.min(10_000, BYTES / Math.max(examples, losses)));
  }

  /** The examples of the updates {@code done + 1} to {@code done + steps}. */
  Part part(long done, int steps) {
    int count = streams.size() * steps * batch;
    Part part =
        new Part(new float[Math.multiplyExact(count, inputs)], new int[count], new int[count]);
    for (int i = 0; i < count; i++) {
      ExampleStream stream = streams.get(i / (steps * batch));
      part.labels[i] = stream.write(done * batch + i % (steps * batch), part.examples, i * inputs);
      part.order[i] = i;
    }
    return part;
  }
}
