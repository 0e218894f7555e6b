package org.initlab.experiment.trial;

/** Labelled examples in an order. For one thread; another stream of the same key has the same. */
@FunctionalInterface
public interface ExampleStream {

  /**
   * Writes an example and returns its label.
   *
   * @param index its number, from 0
   * @param x gets the example's numbers, from {@code x[at]}
   * @param at where they go
   */
  int write(long index, float[] x, int at);

  /**
   * Which of a finite set's training examples an example is, by its place in the files; -1 where
   * examples are made. See {@link Dataset#inFiles()}.
   */
  default int place(long index) {
    return -1;
  }
}
