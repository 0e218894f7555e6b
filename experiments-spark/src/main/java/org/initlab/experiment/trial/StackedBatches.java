package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The batches of T trials. Trials of one course see the same examples, so each stream is read and
 * sent once, and its batch laid before each of its trials where the arrays are. To be closed.
 */
final class StackedBatches implements AutoCloseable {

  private final List<ExampleStream> streams = new ArrayList<>();
  private final List<Examples> batches = new ArrayList<>();
  private final INDArray inputs;
  private final INDArray labels;
  private final INDArray rows;
  private final float[] hot;
  private final int classes;

  /** Batches for these trials, of one data set and one size of batch. */
  StackedBatches(List<Setup> setups) {
    Map<Setup.Course, Integer> numbers = new LinkedHashMap<>();
    int[] row = new int[setups.size()];
    for (int t = 0; t < row.length; t++) {
      Setup setup = setups.get(t);
      row[t] = numbers.computeIfAbsent(setup.course(), k -> numbers.size());
      if (row[t] == streams.size()) {
        streams.add(setup.training());
        batches.add(setup.emptyBatch());
      }
    }
    Setup any = setups.get(0);
    this.classes = any.dataset().classes();
    this.inputs = Tape.zeros(streams.size(), any.batch(), any.dataset().inputs());
    this.labels = Tape.zeros(streams.size(), any.batch(), classes);
    this.rows = Tape.index(row);
    this.hot = new float[any.batch() * classes];
  }

  /** Puts on the tape: lay each trial's batch before it. */
  void deal(Tape tape, StackedPass pass) {
    tape.gather(inputs, rows, pass.inputs()).gather(labels, rows, pass.labels());
  }

  /** Reads the batches of an update, numbered from 1. */
  void fill(long update) {
    for (int i = 0; i < streams.size(); i++) {
      Examples batch = batches.get(i);
      batch.fill(streams.get(i), update);
      HostCopies.put(inputs, (long) i * batch.x().length, batch.x(), batch.x().length);
      java.util.Arrays.fill(hot, 0);
      for (int k = 0; k < batch.count(); k++) {
        hot[k * classes + batch.labels()[k]] = 1;
      }
      HostCopies.put(labels, (long) i * hot.length, hot, hot.length);
    }
  }

  @Override
  public void close() {
    inputs.close();
    labels.close();
    rows.close();
  }
}
