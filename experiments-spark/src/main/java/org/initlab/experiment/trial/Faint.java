package org.initlab.experiment.trial;

import org.initlab.experiment.numeric.Subnormals;

/**
 * Watches a training's signals for subnormal numbers and takes them for 0 in the layers that have
 * many. It counts them in one pass of {@value #PERIOD}, which costs nothing that one could measure;
 * what it decides holds until the next count, and depends on the trial alone.
 */
final class Faint {

  private static final int PERIOD = 64;

  /** Many is more than one in so many. */
  private static final int SHARE = 100;

  private final Watch activations;
  private final Watch gradients;

  Faint(int layers) {
    this.activations = new Watch(layers);
    this.gradients = new Watch(layers);
  }

  void activations(int layer, float[] z) {
    activations.pass(layer, z);
  }

  void gradients(int layer, float[] d) {
    gradients.pass(layer, d);
  }

  private static final class Watch {

    private final long[] passes;
    private final boolean[] faint;

    Watch(int layers) {
      this.passes = new long[layers + 1];
      this.faint = new boolean[layers + 1];
    }

    void pass(int layer, float[] signal) {
      if (passes[layer]++ % PERIOD == 0) {
        faint[layer] = Subnormals.count(signal) > signal.length / SHARE;
      }
      if (faint[layer]) {
        Subnormals.flush(signal);
      }
    }
  }
}
