package org.initlab.experiment.trial;

import java.util.Arrays;
import org.initlab.init.random.Key;

/**
 * Some examples, one after another.
 *
 * @param inputs numbers in an example
 * @param x the examples' numbers, [count, inputs]
 * @param labels one each
 */
@SuppressWarnings("ArrayRecordComponent")
public record Examples(int inputs, float[] x, int[] labels) {

  /** The first {@code count} held-out examples of a study. */
  static Examples heldOut(Dataset dataset, Key choice, int count) {
    if (count < 1 || count > dataset.heldOutExamples()) {
      throw new IllegalArgumentException(
          dataset.name()
              + " has "
              + dataset.heldOutExamples()
              + " held-out examples; "
              + count
              + " cannot be taken.");
    }
    return first(dataset.inputs(), dataset.heldOut(choice), count);
  }

  /** The validation examples of a study. */
  static Examples validation(Dataset dataset, Apart apart) {
    return first(dataset.inputs(), dataset.validation(apart), apart.count());
  }

  private static Examples first(int inputs, ExampleStream stream, int count) {
    Examples examples =
        new Examples(inputs, new float[Math.multiplyExact(count, inputs)], new int[count]);
    for (int i = 0; i < count; i++) {
      examples.labels[i] = stream.write(i, examples.x, i * inputs);
    }
    return examples;
  }

  /**
   * Writes the examples of an update here.
   *
   * @param update its number, from 1
   */
  void fill(ExampleStream stream, long update) {
    for (int i = 0; i < labels.length; i++) {
      labels[i] = stream.write((update - 1) * labels.length + i, x, i * inputs);
    }
  }

  /** Those from {@code from} to before {@code to}. */
  Examples part(int from, int to) {
    return from == 0 && to == count()
        ? this
        : new Examples(
            inputs,
            Arrays.copyOfRange(x, from * inputs, to * inputs),
            Arrays.copyOfRange(labels, from, to));
  }

  /** What is wanted of the outputs, [count, outputs]. */
  float[] targets(Goal goal, int outputs) {
    float[] targets = new float[labels.length * outputs];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = goal.target(labels[i / outputs], i % outputs);
    }
    return targets;
  }

  int count() {
    return labels.length;
  }
}
