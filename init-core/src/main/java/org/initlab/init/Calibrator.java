package org.initlab.init;

import java.util.List;
import java.util.Optional;

/**
 * Changes weights that have been drawn by what they do to data. It needs no labels' meaning, but a
 * network's own loss where it asks for gradients.
 */
@FunctionalInterface
public interface Calibrator {

  /** Changes the network's kernels and biases, and nothing else. */
  void calibrate(LiveNetwork network);

  /** Why this cannot calibrate a network of these kernels, in a sentence; nothing if it can. */
  default Optional<String> objection(List<Site> kernels) {
    return Optional.empty();
  }

  /**
   * Examples that it sends through a network and back, all in all, where that is what takes time; 0
   * for one that looks at little data. Plans are made by it.
   */
  default double passes() {
    return 0;
  }
}
