package org.initlab.experiment.trial;

import java.nio.ByteBuffer;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.random.Key;

/**
 * Items with features that have come down a family tree: the 32 leaves of a binary tree of five
 * levels, an input each, and 1,000 features of each, which a network is to tell. A feature is 1 or
 * -1 at the root, either as likely, and flips on each branch downwards with the probability 0.1; so
 * near relatives are alike. Inputs are the unit vectors, so they are orthogonal. Source: Saxe,
 * McClelland and Ganguli 2013, figure 3; values of 1 and -1 are our reading of it.
 *
 * <p>Label i is item i, and its vector of features is what is wanted of the outputs. The features
 * are one draw, the same for every seed. The 32 items are the whole world: nothing is left to be
 * held out, and what is measured on held-out examples is measured on these items, in their order.
 */
final class FeatureTree implements Dataset {

  static final int ITEMS = 32;
  static final int FEATURES = 1000;

  private static final int LEVELS = 5;
  private static final double FLIP = 0.1;

  private final String name;
  private final float[][] features = new float[ITEMS][FEATURES];
  private final String fingerprint;

  FeatureTree(String name) {
    this.name = name;
    Key root = Key.of(0).at(name);
    for (int feature = 0; feature < FEATURES; feature++) {
      grow(root.at("feature", feature), feature);
    }
    ByteBuffer bytes = ByteBuffer.allocate(ITEMS * FEATURES * Float.BYTES);
    for (float[] item : features) {
      bytes.asFloatBuffer().put(item);
      bytes.position(bytes.position() + FEATURES * Float.BYTES);
    }
    this.fingerprint = Fingerprint.of(bytes.array());
  }

  /** Nodes are numbered as in a heap, the root 1, so leaf i is node ITEMS + i. */
  private void grow(Key key, int feature) {
    float[] values = new float[2 << LEVELS];
    values[1] = key.uniform(1) < 0.5 ? 1 : -1;
    for (int node = 2; node < values.length; node++) {
      values[node] = key.uniform(node) < FLIP ? -values[node / 2] : values[node / 2];
    }
    for (int item = 0; item < ITEMS; item++) {
      features[item][feature] = values[ITEMS + item];
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Volume image() {
    return Volume.flat(ITEMS);
  }

  @Override
  public int classes() {
    return ITEMS;
  }

  @Override
  public int outputs() {
    return FEATURES;
  }

  @Override
  public Goal goal(Loss loss) {
    if (loss != Loss.SQUARED_ERROR) {
      throw new IllegalArgumentException(name + " has no loss but squared_error.");
    }
    return new Distance(features);
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public long heldOutExamples() {
    return ITEMS;
  }

  @Override
  public long trainingExamples() {
    return ITEMS;
  }

  @Override
  public ExampleStream training(Key order, Apart apart) {
    int left = apart.left(name, ITEMS);
    Permutation parts = apart.parts(ITEMS);
    Key epochs = order.at("epoch");
    return new ExampleStream() {
      private long number = -1;
      private Permutation epoch;

      @Override
      public int write(long index, float[] x, int at) {
        if (index / left != number) {
          number = index / left;
          epoch = new Permutation(epochs.fold(number), left);
        }
        return FeatureTree.write(parts.of(apart.count() + epoch.of((int) (index % left))), x, at);
      }
    };
  }

  @Override
  public ExampleStream validation(Apart apart) {
    Permutation parts = apart.parts(ITEMS);
    return (index, x, at) -> write(parts.of((int) index), x, at);
  }

  @Override
  public ExampleStream heldOut(Key choice) {
    return (index, x, at) -> write((int) index, x, at);
  }

  private static int write(int item, float[] x, int at) {
    for (int i = 0; i < ITEMS; i++) {
      x[at + i] = i == item ? 1 : 0;
    }
    return item;
  }
}
