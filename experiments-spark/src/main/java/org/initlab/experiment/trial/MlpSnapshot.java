package org.initlab.experiment.trial;

import org.initlab.experiment.Snapshot;
import org.initlab.init.Activation;

/** A dense network at rest: its own passes over the probe and the held-out examples, when asked. */
final class MlpSnapshot implements Snapshot {

  private final long step;
  private final double trainingLoss;
  private final Mlp network;
  private final Examples heldOut;
  private final Examples probe;
  private final float[][] pre;
  private final float[][] post;
  private final float[][] preGradients;
  private float[] heldOutLogits;

  MlpSnapshot(long step, double trainingLoss, Mlp network, Examples heldOut, Examples probe) {
    this.step = step;
    this.trainingLoss = trainingLoss;
    this.network = network;
    this.heldOut = heldOut;
    this.probe = probe;
    this.pre = new float[network.layers() + 1][];
    this.post = new float[network.layers() + 1][];
    this.preGradients = new float[network.layers() + 1][];
    this.post[0] = probe.x();
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
    return network.activation();
  }

  @Override
  public double heldOutLoss() {
    float[] s = heldOutLogits();
    int classes = network.units(network.layers());
    double sum = 0;
    for (int i = 0; i < heldOut.count(); i++) {
      sum += network.loss().of(s, i * classes, classes, heldOut.labels()[i]);
    }
    return sum / heldOut.count();
  }

  @Override
  public double heldOutError() {
    float[] s = heldOutLogits();
    int classes = network.units(network.layers());
    int wrong = 0;
    for (int i = 0; i < heldOut.count(); i++) {
      if (!answers(s, i * classes, classes, heldOut.labels()[i])) {
        wrong++;
      }
    }
    return (double) wrong / heldOut.count();
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
    return probe.count();
  }

  @Override
  public float[] weights(int layer) {
    return network.kernel(layer);
  }

  @Override
  public float[] preActivations(int layer) {
    if (pre[layer] == null) {
      pre[layer] = network.preActivations(layer, inputs(layer), probe.count());
    }
    return pre[layer];
  }

  @Override
  public float[] activations(int layer) {
    if (layer < 1 || layer >= layers()) {
      throw new IllegalArgumentException("Layer " + layer + " is no hidden layer.");
    }
    return inputs(layer + 1);
  }

  /** What layer {@code layer} gets: the data or the activations of the layer below. */
  private float[] inputs(int layer) {
    if (post[layer - 1] == null) {
      post[layer - 1] = network.activations(preActivations(layer - 1));
    }
    return post[layer - 1];
  }

  @Override
  public float[] preActivationGradients(int layer) {
    if (preGradients[layer] == null) {
      preGradients[layer] =
          layer == layers()
              ? network.outputGradients(preActivations(layer), probe.labels())
              : network.hiddenGradients(
                  layer, preActivationGradients(layer + 1), preActivations(layer));
    }
    return preGradients[layer];
  }

  @Override
  public float[] weightGradients(int layer) {
    return network.weightGradients(
        layer, inputs(layer), preActivationGradients(layer), probe.count());
  }

  private float[] heldOutLogits() {
    if (heldOutLogits == null) {
      heldOutLogits = network.logits(heldOut);
    }
    return heldOutLogits;
  }
}
