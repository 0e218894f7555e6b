package org.initlab.experiment.trial;

import java.util.function.Supplier;
import org.initlab.experiment.Snapshot;

/**
 * Shows trials of a launch to their recorders, one after another. Weights that a metric asks for
 * come into one network, the same for all: thousands of copies, each with its probes, would fill
 * the machine's memory. Trials of one chain of layers alone. To be closed.
 */
final class Viewer implements AutoCloseable {

  private DenseNetwork network;
  private Probes probes;

  /**
   * Shows a trial's recorder what a GPU found of it.
   *
   * @param weights brings them from the GPU
   */
  void show(Work work, long step, CudaSight sight, Supplier<Parameters> weights) {
    try {
      work.recorder()
          .show(
              trainingLoss ->
                  new CudaSnapshot(
                      work.setup(),
                      step,
                      trainingLoss,
                      sight,
                      () -> bring(work.setup(), step, trainingLoss, weights.get())));
    } finally {
      leave();
    }
  }

  private Snapshot bring(Setup setup, long step, double trainingLoss, Parameters now) {
    if (network == null) {
      network = new DenseNetwork(now, setup.links());
    } else {
      network.set(now);
    }
    probes = Probes.of(setup, network);
    return new MlpSnapshot(step, trainingLoss, probes);
  }

  /** Frees what was needed for a look. */
  private void leave() {
    if (probes != null) {
      probes.close();
      probes = null;
    }
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
