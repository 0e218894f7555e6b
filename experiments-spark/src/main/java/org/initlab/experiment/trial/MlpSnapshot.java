package org.initlab.experiment.trial;

import org.initlab.experiment.Snapshot;
import org.initlab.init.Activation;

/**
 * A dense network at rest: its own passes over the probe and the held-out examples, when asked. For
 * use before the network changes.
 */
final class MlpSnapshot implements Snapshot {

  private final long step;
  private final double trainingLoss;
  private final Probes probes;
  private final DenseNetwork network;
  private boolean forward;
  private boolean backward;
  private float[] heldOutLogits;

  MlpSnapshot(long step, double trainingLoss, Probes probes) {
    this.step = step;
    this.trainingLoss = trainingLoss;
    this.probes = probes;
    this.network = probes.network();
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public int layers() {
    return network.layers();
  }

  @Override
  public Activation activation() {
    return probes.activation();
  }

  @Override
  public Activation activation(int layer) {
    return network.link(layer).activation();
  }

  @Override
  public boolean hasSkip(int layer) {
    return network.link(layer).skip() != Link.NONE;
  }

  @Override
  public double heldOutLoss() {
    float[] s = heldOutLogits();
    int classes = network.units(network.layers());
    double sum = 0;
    for (int i = 0; i < probes.heldOut().count(); i++) {
      sum += probes.loss().of(s, i * classes, classes, probes.heldOut().labels()[i]);
    }
    return sum / probes.heldOut().count();
  }

  @Override
  public double heldOutError() {
    float[] s = heldOutLogits();
    int classes = network.units(network.layers());
    int wrong = 0;
    for (int i = 0; i < probes.heldOut().count(); i++) {
      if (!answers(s, i * classes, classes, probes.heldOut().labels()[i])) {
        wrong++;
      }
    }
    return (double) wrong / probes.heldOut().count();
  }

  /** Whether the label's output is the greatest, the first of equal ones; NaN answers nothing. */
  private static boolean answers(float[] s, int at, int classes, int label) {
    for (int k = 0; k < classes; k++) {
      boolean less = k < label ? s[at + k] < s[at + label] : s[at + k] <= s[at + label];
      if (!less) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double trainingLoss() {
    return trainingLoss;
  }

  @Override
  public int units(int layer) {
    return network.units(layer);
  }

  @Override
  public int probeExamples() {
    return probes.probe().count();
  }

  @Override
  public float[] weights(int layer) {
    float[] kernel = new float[network.kernel(layer).size()];
    network.kernel(layer).get(kernel, kernel.length);
    return kernel;
  }

  @Override
  public float[] preActivations(int layer) {
    return forward().preActivations(layer);
  }

  @Override
  public float[] activations(int layer) {
    if (layer < 1 || layer >= layers()) {
      throw new IllegalArgumentException("Layer " + layer + " is no hidden layer.");
    }
    return forward().activations(layer);
  }

  @Override
  public float[] preActivationGradients(int layer) {
    return backward().gradients(layer);
  }

  @Override
  public float[] weightGradients(int layer) {
    return backward().kernelGradient(layer, 1f / probes.probe().count());
  }

  private DensePass forward() {
    DensePass pass = probes.pass();
    if (!forward) {
      pass.forward();
      forward = true;
    }
    return pass;
  }

  private DensePass backward() {
    DensePass pass = forward();
    if (!backward) {
      pass.loss(probes.loss(), probes.probe().labels());
      pass.backward((layer, products, d) -> products.backward());
      backward = true;
    }
    return pass;
  }

  private float[] heldOutLogits() {
    if (heldOutLogits == null) {
      heldOutLogits = probes.heldOutLogits();
    }
    return heldOutLogits;
  }
}
