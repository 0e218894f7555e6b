package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.initlab.experiment.Trial;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.Activation;
import org.initlab.init.named.Nearest;

/** The table of network shapes: from a trial's arguments to its layers. */
public enum Architectures {
  /**
   * Dense layers: {@code depth} hidden ones of {@code width} units, each with a bias and the
   * trial's activation, then an output layer of a unit a class.
   */
  MLP {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      Topology.Builder layers = new Topology.Builder(Volume.flat(image.size()));
      for (int layer = 1; layer <= trial.integer("depth"); layer++) {
        layers.dense(trial.integer("width"), activation(trial.text("activation")));
      }
      return layers.dense(classes, Activation.IDENTITY).build();
    }
  },
  /**
   * {@code depth} residual blocks of two dense layers on a stream of {@code width} units, {@code x
   * + V f(W x + b) + a}, between a linear layer from the data and the output layer (the full
   * residual network of Yang and Schoenholz 2017, section 2).
   */
  RESIDUAL_MLP {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      return blocks(trial, image, classes, Float.NaN);
    }
  },
  /**
   * The same with a learned gate on each branch, {@code x + g (V f(W x + b) + a)}, that starts
   * where the scheme says, and else at 1: Fixup's multipliers (Zhang et al. 2019, section 3),
   * SkipInit's and ReZero's scalars (De and Smith 2020; Bachlechner et al. 2020, equation 1).
   */
  GATED_RESIDUAL_MLP {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      return blocks(trial, image, classes, 1);
    }
  },
  /** The same with gates that start at 0, whatever the scheme, unless it sets them. */
  REZERO_MLP {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      return blocks(trial, image, classes, 0);
    }
  },
  /**
   * {@code depth} convolutions in as many groups as there are {@code halvings}, each group ending
   * with the image halved: by pooling, or by a stride of 2 in its last convolution. Channels are
   * {@code width} in the first group and {@code growth} times as many in each next. Then the head:
   * all places or their mean, a dense layer of {@code head_units} if not 0, and the output layer.
   * Keras' introductory networks and VGG's are of this kind, and the small plain networks of He et
   * al. 2015 (section 2.2), kernel and padding being arguments.
   */
  CNN {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      return new Convolutions(trial, image).chain(classes);
    }
  },
  /**
   * The vanilla CNN of Xiao et al. 2018: a convolution from the data to {@code width} channels,
   * {@code halvings} more with a stride of 2, then {@code depth} convolutions at one size, all with
   * the trial's activation, and the head. In the paper padding is circular and the head takes the
   * mean over all places.
   */
  VANILLA_CNN {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      return new Convolutions(trial, image).vanilla(classes);
    }
  },
  /**
   * {@code depth} residual blocks {@code x + V * f(W * x + b) + a} of two convolutions on a stream
   * of {@code width} channels that a linear convolution makes of the data. The blocks stand in
   * {@code halvings + 1} groups; between two groups a linear convolution with stride 2 halves the
   * image and multiplies the channels by {@code growth}, so that every skip is the identity. Then
   * the head.
   */
  RESIDUAL_CNN {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      return new Convolutions(trial, image).residual(classes, Float.NaN);
    }
  },
  /**
   * The same with a learned gate on each branch, that starts where the scheme says, and else at 1:
   * for Fixup, SkipInit and ReZero.
   */
  GATED_RESIDUAL_CNN {
    @Override
    public Topology topology(Trial trial, Volume image, int classes) {
      return new Convolutions(trial, image).residual(classes, 1);
    }
  };

  private static final Set<Architectures> CONVOLUTIONAL =
      EnumSet.of(CNN, VANILLA_CNN, RESIDUAL_CNN, GATED_RESIDUAL_CNN);

  private static Topology blocks(Trial trial, Volume image, int classes, float gate) {
    int width = trial.integer("width");
    Topology.Builder layers =
        new Topology.Builder(Volume.flat(image.size())).dense(width, Activation.IDENTITY);
    for (int block = 1; block <= trial.integer("depth"); block++) {
      int stream = layers.layer();
      layers.dense(width, activation(trial.text("activation")));
      layers.dense(width, Activation.IDENTITY).add(stream, gate);
    }
    return layers.dense(classes, Activation.IDENTITY).build();
  }

  /**
   * The layers of a trial's network.
   *
   * @param image what an example of the data is
   * @throws IllegalArgumentException with a sentence if the arguments make no network
   */
  public abstract Topology topology(Trial trial, Volume image, int classes);

  /** Whether some of its layers are convolutions. */
  public boolean convolves() {
    return CONVOLUTIONAL.contains(this);
  }

  /** The name in studies. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Architectures::title).toList();
  }

  /** The row of this name. */
  public static Architectures named(String name) {
    return Arrays.stream(values())
        .filter(a -> a.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no architecture " + name + "." + Nearest.maybe(name, names())));
  }

  /** The activation of this name. */
  public static Activation activation(String name) {
    List<String> names = Arrays.stream(Activation.values()).map(Activation::title).toList();
    return Arrays.stream(Activation.values())
        .filter(a -> a.title().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no activation " + name + "." + Nearest.maybe(name, names)));
  }
}
