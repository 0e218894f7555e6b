package org.initlab.experiment.trial;

import org.initlab.init.random.Key;

/**
 * A finite set of labelled byte images, for training and held out. A pixel v is the number v / 255,
 * so inputs lie in [0, 1], as is usual for MNIST.
 *
 * <p>Every epoch is a fresh permutation of the training images. Held-out example i is image p(i) of
 * the test file for one permutation p a study: the first of MNIST's test images are easier than the
 * last, so a study that asks for few gets a fair sample.
 */
final class Images implements Dataset {

  private final String name;
  private final int inputs;
  private final int classes;
  private final Part training;
  private final Part test;
  private final String fingerprint;
  private final float[] scaled = new float[256];

  /** Pixels of all images, row by row, with a label each. */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(byte[] pixels, byte[] labels) {}

  Images(String name, int inputs, int classes, Part training, Part test) {
    this.name = name;
    this.inputs = inputs;
    this.classes = classes;
    this.training = training;
    this.test = test;
    this.fingerprint =
        Fingerprint.of(training.pixels(), training.labels(), test.pixels(), test.labels());
    for (int v = 0; v < scaled.length; v++) {
      scaled[v] = v / 255f;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int inputs() {
    return inputs;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public long heldOutExamples() {
    return test.labels().length;
  }

  @Override
  public int training(Key order, long index, float[] x, int at) {
    int n = training.labels().length;
    Permutation epoch = new Permutation(order.at("epoch", index / n), n);
    return write(training, epoch.of((int) (index % n)), x, at);
  }

  @Override
  public int heldOut(Key choice, long index, float[] x, int at) {
    int n = test.labels().length;
    if (index < 0 || index >= n) {
      throw new IllegalArgumentException(
          name + " has " + n + " held-out examples; number " + index + " is not among them.");
    }
    return write(test, new Permutation(choice.at("permutation"), n).of((int) index), x, at);
  }

  private int write(Part part, int image, float[] x, int at) {
    int from = image * inputs;
    for (int i = 0; i < inputs; i++) {
      x[at + i] = scaled[part.pixels()[from + i] & 0xFF];
    }
    return part.labels()[image];
  }
}
