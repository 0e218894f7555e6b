package org.initlab.experiment.trial;

import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;

/**
 * One trial at a time in double precision, for reference: the network, examples and updates of
 * {@link FusedEngine}, to tell what rounding has to do with what is seen there. Weights are drawn
 * in single precision and widened; metrics see them rounded to floats again, but for the loss of
 * training, which is this engine's own.
 */
final class DoubleEngine implements Engine {

  static final String NAME = "double";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String says() {
    return "Java's functions and OpenBLAS's products, double precision";
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT64;
  }

  @Override
  public boolean runs(Trial trial) {
    return true;
  }

  @Override
  public Outcome train(Setup setup, Recorder recorder) {
    Parameters first = setup.first();
    DoubleNetwork network = new DoubleNetwork(setup, first);
    try (DenseNetwork rounded = new DenseNetwork(first, setup.links());
        recorder) {
      if (recorder.due(0)) {
        recorder.show(0, rounded);
      }
      Examples batch = setup.emptyBatch();
      ExampleStream training = setup.training();
      long steps = setup.steps();
      for (long step = 1; step <= steps; step++) {
        batch.fill(training, step);
        double loss = network.loss(batch);
        if (!Double.isFinite(loss)) {
          return new Outcome.Diverged(step);
        }
        recorder.loss(loss);
        network.learn(step, setup.rate(step));
        if (recorder.due(step)) {
          network.copyTo(rounded);
          recorder.show(step, rounded);
        }
      }
      return new Outcome.Completed();
    }
  }
}
