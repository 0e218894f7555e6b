package org.initlab.device.cuda;

import java.util.Arrays;

/**
 * Labelled examples for looks at networks: in a GPU's memory for as long as this lives, where they
 * have room there; else they are sent in parts, at each look anew. To be closed.
 */
public final class CudaExamples implements AutoCloseable {

  private final int inputs;
  private final int count;
  private final int room;
  private final float[] unsent;
  private final int[] unsentLabels;
  private final DeviceMemory numbers;
  private final DeviceMemory labels;

  /** Takes some of the examples, which are in the GPU's memory for the time of the call. */
  @FunctionalInterface
  interface Part {
    void take(DeviceMemory numbers, DeviceMemory labels, int count);
  }

  /**
   * Examples.
   *
   * @param numbers of them, [count][inputs]
   * @param labels one each; there may be none
   * @param mostBytes that they may take of the GPU's memory; one example always may
   */
  public CudaExamples(
      CudaDevice device, int inputs, float[] numbers, int[] labels, long mostBytes) {
    if (numbers.length != Math.multiplyExact(inputs, labels.length)) {
      throw new IllegalArgumentException(
          "%d labels want %d numbers each, and there are %d."
              .formatted(labels.length, inputs, numbers.length));
    }
    this.inputs = inputs;
    this.count = labels.length;
    long each = Float.BYTES * (inputs + 1L);
    this.room = (int) Math.max(1, Math.min(count, mostBytes / each));
    this.numbers = device.memory((long) Float.BYTES * inputs * room);
    this.labels = device.memory((long) Integer.BYTES * room);
    boolean whole = room >= count;
    this.unsent = whole ? new float[0] : numbers;
    this.unsentLabels = whole ? new int[0] : labels;
    if (whole) {
      this.numbers.put(0, numbers);
      this.labels.put(0, labels);
    }
  }

  /** How many. */
  public int count() {
    return count;
  }

  /** Whether all are in the GPU's memory. */
  public boolean whole() {
    return room >= count;
  }

  /** Hands all examples over, in their order. */
  void parts(Part part) {
    for (int from = 0; from < count; from += room) {
      int some = Math.min(room, count - from);
      if (!whole()) {
        numbers.put(0, Arrays.copyOfRange(unsent, from * inputs, (from + some) * inputs));
        labels.put(0, Arrays.copyOfRange(unsentLabels, from, from + some));
      }
      part.take(numbers, labels, some);
    }
  }

  @Override
  public void close() {
    numbers.close();
    labels.close();
  }
}
