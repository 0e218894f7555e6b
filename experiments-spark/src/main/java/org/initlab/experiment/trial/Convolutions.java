package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.experiment.Trial;
import org.initlab.experiment.numeric.Padding;
import org.initlab.experiment.numeric.Pooling;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.Activation;

/** What the convolutional rows of {@link Architectures} have in common: their arguments. */
public final class Convolutions {

  /** How a group of convolutions ends. */
  public enum Downsampling {
    MAX_POOL,
    AVERAGE_POOL,
    STRIDE
  }

  /** What the layers behind the convolutions read. */
  public enum Head {
    FLATTEN,
    GLOBAL_AVERAGE
  }

  /** Side and stride of what halves an image. */
  private static final int HALF = 2;

  private final Topology.Builder layers;
  private final Activation activation;
  private final int depth;
  private final int width;
  private final int kernel;
  private final Padding padding;
  private final int halvings;
  private final int growth;
  private final Downsampling downsampling;
  private final Head head;
  private final int headUnits;

  Convolutions(Trial trial, Volume image) {
    layers = new Topology.Builder(image);
    activation = Architectures.activation(trial.text("activation"));
    depth = trial.integer("depth");
    width = trial.integer("width");
    kernel = trial.integer("kernel");
    padding = Padding.valueOf(constant(trial.text("padding")));
    halvings = trial.integer("halvings");
    growth = trial.integer("growth");
    downsampling = Downsampling.valueOf(constant(trial.text("downsampling")));
    head = Head.valueOf(constant(trial.text("head")));
    headUnits = trial.integer("head_units");
  }

  private static String constant(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  /** The names of an argument's values. */
  public static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(v -> v.name().toLowerCase(Locale.ROOT)).toList();
  }

  Topology chain(int classes) {
    if (halvings > depth) {
      throw new IllegalArgumentException(
          ("halvings %d of a cnn of depth %d leaves a group without a convolution. Allowed: at most"
                  + " %d. Maybe a greater depth.")
              .formatted(halvings, depth, depth));
    }
    int groups = Math.max(1, halvings);
    for (int group = 0; group < groups; group++) {
      int count = share(groups, group);
      for (int i = 1; i <= count; i++) {
        boolean strides = halvings > 0 && i == count && downsampling == Downsampling.STRIDE;
        convolve(channels(group), strides ? HALF : 1, activation);
      }
      if (halvings > 0 && downsampling != Downsampling.STRIDE) {
        layers.pool(downsampling == Downsampling.MAX_POOL ? Pooling.MAX : Pooling.AVERAGE);
      }
    }
    return head(classes);
  }

  Topology vanilla(int classes) {
    convolve(width, 1, activation);
    for (int i = 1; i <= halvings; i++) {
      convolve(channels(i), HALF, activation);
    }
    for (int i = 1; i <= depth; i++) {
      convolve(channels(halvings), 1, activation);
    }
    return head(classes);
  }

  Topology residual(int classes, float gate) {
    convolve(width, 1, Activation.IDENTITY);
    for (int group = 0; group <= halvings; group++) {
      if (group > 0) {
        convolve(channels(group), HALF, Activation.IDENTITY);
      }
      for (int block = share(halvings + 1, group); block > 0; block--) {
        int stream = layers.layer();
        convolve(channels(group), 1, activation);
        convolve(channels(group), 1, Activation.IDENTITY);
        layers.add(stream, gate);
      }
    }
    return head(classes);
  }

  /** How much of the depth is in a group, from 0: the same in each, or one more in the first. */
  private int share(int groups, int group) {
    return depth / groups + (group < depth % groups ? 1 : 0);
  }

  private int channels(int group) {
    double channels = width * Math.pow(growth, group);
    if (channels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "width %d and growth %d make %.0f channels after %d halvings. Allowed: at most 2^31 - 1. Maybe growth 1."
              .formatted(width, growth, channels, group));
    }
    return (int) channels;
  }

  private void convolve(int channels, int stride, Activation f) {
    layers.convolution(channels, kernel, stride, padding, f);
  }

  private Topology head(int classes) {
    if (head == Head.GLOBAL_AVERAGE) {
      layers.pool(Pooling.GLOBAL_AVERAGE);
    }
    if (headUnits > 0) {
      layers.dense(headUnits, activation);
    }
    return layers.dense(classes, Activation.IDENTITY).build();
  }
}
