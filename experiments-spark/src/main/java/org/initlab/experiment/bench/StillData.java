package org.initlab.experiment.bench;

import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.trial.Apart;
import org.initlab.experiment.trial.Dataset;
import org.initlab.experiment.trial.ExampleStream;
import org.initlab.init.random.Key;

/**
 * One batch for all updates, to time an engine without its data: numbers in [0, 1) are written on
 * the first update only and then left where they are. An engine that takes other memory on a later
 * update finds there what was there. Not to learn from.
 */
final class StillData implements Dataset {

  private final int batch;

  StillData(int batch) {
    this.batch = batch;
  }

  @Override
  public ExampleStream training(Key order, Apart apart) {
    return (index, x, at) -> {
      if (index < batch) {
        for (int i = 0; i < Workload.INPUTS; i++) {
          x[at + i] = (index * 31 + i * 17) % 256 / 256f;
        }
      }
      return (int) (index % Workload.CLASSES);
    };
  }

  @Override
  public String name() {
    return "one batch";
  }

  @Override
  public Volume image() {
    return Workload.IMAGE;
  }

  @Override
  public int classes() {
    return Workload.CLASSES;
  }

  @Override
  public String fingerprint() {
    return "";
  }

  @Override
  public long trainingExamples() {
    return batch;
  }

  @Override
  public ExampleStream validation(Apart apart) {
    throw new IllegalStateException("Nothing of one batch is for validation.");
  }

  @Override
  public long heldOutExamples() {
    return 0;
  }

  @Override
  public ExampleStream heldOut(Key choice) {
    throw new IllegalStateException("Nothing is held out of one batch.");
  }
}
