package org.initlab.experiment.trial;

/**
 * The one network in which all trials of a launch are looked at, one after another: thousands of
 * copies, each with its probes, would fill the machine's memory. Trials of one chain of layers
 * alone. To be closed.
 */
final class Viewer implements AutoCloseable {

  private DenseNetwork network;

  /** Shows a trial's recorder these weights; what it needed for the look is freed again. */
  void show(Work work, long step, Parameters now) {
    if (network == null) {
      // The network keeps the biases that it is made of, and these may still be sent to the GPU.
      network =
          new DenseNetwork(
              new Parameters(now.kernels(), now.biases().stream().map(float[]::clone).toList()),
              work.setup().links());
    } else {
      network.set(now);
    }
    try {
      work.recorder().show(step, network);
    } finally {
      work.recorder().close();
    }
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
