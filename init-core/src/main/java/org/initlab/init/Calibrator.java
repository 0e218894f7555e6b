package org.initlab.init;

/**
 * Changes weights that have been drawn by what they do to data. It needs no labels' meaning, but a
 * network's own loss where it asks for gradients.
 */
@FunctionalInterface
public interface Calibrator {

  /** Changes the network's kernels and biases, and nothing else. */
  void calibrate(LiveNetwork network);

  /**
   * Examples that it sends through a network and back, all in all, where that is what takes time; 0
   * for one that looks at little data. Plans are made by it.
   */
  default double passes() {
    return 0;
  }
}
