package org.initlab.experiment.trial;

import java.util.Optional;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.random.Key;

/**
 * A finite set of labelled byte images, for training and held out. A pixel v is the number v / 255,
 * so inputs lie in [0, 1], as is usual for MNIST.
 *
 * <p>Every epoch is a fresh permutation of the training images. Held-out example i is image p(i) of
 * the test file for one permutation p a study: the first of MNIST's test images are easier than the
 * last, so a study that asks for few gets a fair sample.
 *
 * <p>Validation examples are training images: validation example i is image q(i) of the training
 * file for one permutation q a study, and an epoch is a permutation of those that are left.
 */
final class Images implements Dataset {

  private static final float[] SCALED = scaled();

  private final String name;
  private final Volume image;
  private final int inputs;
  private final int classes;
  private final Part training;
  private final Part test;
  private final String fingerprint;

  /** The training pixels as numbers, where memory is plenty; else null. */
  private final float[] ready;

  private final Recent<Shuffle, int[]> orders =
      new Recent<>(Runtime.getRuntime().maxMemory() / 16, order -> 4L * order.length);

  /** The order of an epoch: of {@code n} images, those that are kept apart are left out. */
  private record Shuffle(Key key, long epoch, int n, Apart apart) {

    int[] order() {
      int left = n - apart.count();
      Permutation permutation = new Permutation(key.fold(epoch), left);
      Permutation parts = apart.parts(n);
      int[] order = new int[left];
      for (int i = 0; i < left; i++) {
        int image = permutation.of(i);
        order[i] = apart.count() == 0 ? image : parts.of(apart.count() + image);
      }
      return order;
    }
  }

  /** Pixels of all images, row by row, with a label each. */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(byte[] pixels, byte[] labels) {}

  Images(String name, Volume image, int classes, Part training, Part test) {
    this.name = name;
    this.image = image;
    this.inputs = image.size();
    this.classes = classes;
    this.training = training;
    this.test = test;
    this.fingerprint =
        Fingerprint.of(training.pixels(), training.labels(), test.pixels(), test.labels());
    byte[] pixels = training.pixels();
    boolean small = (long) pixels.length * Float.BYTES <= Runtime.getRuntime().maxMemory() / 16;
    this.ready = small ? new float[pixels.length] : null;
    if (small) {
      scale(pixels, 0, pixels.length, ready, 0);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Volume image() {
    return image;
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
  public long trainingExamples() {
    return training.labels().length;
  }

  @Override
  public ExampleStream training(Key order, Apart apart) {
    int all = training.labels().length;
    int n = apart.left(name, all);
    Key epochs = order.at("epoch");
    return new ExampleStream() {
      private long epoch = -1;
      private int[] images;

      @Override
      public int write(long index, float[] x, int at) {
        return image(training, place(index), x, at);
      }

      @Override
      public int place(long index) {
        if (index / n != epoch) {
          epoch = index / n;
          images = orders.get(new Shuffle(epochs, epoch, all, apart), Shuffle::order);
        }
        return images[(int) (index % n)];
      }
    };
  }

  @Override
  public Optional<ExampleStream> inFiles() {
    return Optional.of((index, x, at) -> image(training, Math.toIntExact(index), x, at));
  }

  @Override
  public ExampleStream heldOut(Key choice) {
    int n = test.labels().length;
    return of(test, new Permutation(choice.at("permutation"), n), n, "held-out");
  }

  @Override
  public ExampleStream validation(Apart apart) {
    int all = training.labels().length;
    apart.left(name, all);
    return of(training, apart.parts(all), apart.count(), "validation");
  }

  /** The first {@code n} images of a part in this order. */
  private ExampleStream of(Part part, Permutation order, int n, String kind) {
    return (index, x, at) -> {
      if (index < 0 || index >= n) {
        throw new IllegalArgumentException(
            name + " has " + n + " " + kind + " examples; number " + index + " is not among them.");
      }
      return image(part, order.of((int) index), x, at);
    };
  }

  private int image(Part part, int image, float[] x, int at) {
    int from = image * inputs;
    if (part == training && ready != null) {
      System.arraycopy(ready, from, x, at, inputs);
    } else {
      scale(part.pixels(), from, inputs, x, at);
    }
    return part.labels()[image];
  }

  private static float[] scaled() {
    float[] scaled = new float[256];
    for (int v = 0; v < scaled.length; v++) {
      scaled[v] = v / 255f;
    }
    return scaled;
  }

  private static void scale(byte[] pixels, int from, int n, float[] x, int at) {
    for (int i = 0; i < n; i++) {
      x[at + i] = SCALED[pixels[from + i] & 0xFF];
    }
  }
}
