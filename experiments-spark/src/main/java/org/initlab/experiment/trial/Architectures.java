package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.experiment.Trial;
import org.initlab.init.Activation;
import org.initlab.init.Branch;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.named.Nearest;

/** The table of network shapes: from a trial's arguments to the places of its kernels. */
public enum Architectures {
  /**
   * Dense layers: {@code depth} hidden ones of {@code width} units, each with a bias and the
   * trial's activation, then an output layer of a unit a class. The layers are named layer/1,
   * layer/2, ...
   */
  MLP {
    @Override
    List<Link> links(Trial trial) {
      Activation activation = activation(trial.text("activation"));
      List<Link> links = new ArrayList<>();
      for (int layer = 1; layer <= trial.integer("depth"); layer++) {
        links.add(Link.plain(activation));
      }
      links.add(Link.plain(Activation.IDENTITY));
      return links;
    }
  },
  /**
   * {@code depth} residual blocks of two dense layers on a stream of {@code width} units, {@code x
   * + V f(W x + b) + a}, between a linear layer from the data and the output layer (the full
   * residual network of Yang and Schoenholz 2017, section 2).
   */
  RESIDUAL_MLP {
    @Override
    List<Link> links(Trial trial) {
      return blocks(trial, Float.NaN);
    }
  },
  /**
   * The same with a learned gate on each branch, {@code x + g (V f(W x + b) + a)}, that starts
   * where the scheme says, and else at 1: Fixup's multipliers (Zhang et al. 2019, section 3),
   * SkipInit's and ReZero's scalars (De and Smith 2020; Bachlechner et al. 2020, equation 1).
   */
  GATED_RESIDUAL_MLP {
    @Override
    List<Link> links(Trial trial) {
      return blocks(trial, 1);
    }
  },
  /** The same with gates that start at 0, whatever the scheme, unless it sets them. */
  REZERO_MLP {
    @Override
    List<Link> links(Trial trial) {
      return blocks(trial, 0);
    }
  };

  private static List<Link> blocks(Trial trial, float gate) {
    Activation activation = activation(trial.text("activation"));
    List<Link> links = new ArrayList<>();
    links.add(Link.plain(Activation.IDENTITY));
    for (int block = 1; block <= trial.integer("depth"); block++) {
      int stream = links.size();
      links.add(Link.plain(activation));
      links.add(new Link(Activation.IDENTITY, stream, gate));
    }
    links.add(Link.plain(Activation.IDENTITY));
    return links;
  }

  /** How each layer hangs in the network, from the input to the output. */
  abstract List<Link> links(Trial trial);

  /** The kernels of the trial's network, from the input to the output. */
  public List<Site> sites(Trial trial, int inputs, int classes) {
    List<Link> links = links(trial);
    int width = trial.integer("width");
    List<Site> sites = new ArrayList<>();
    for (int layer = 1; layer <= links.size(); layer++) {
      boolean last = layer == links.size();
      sites.add(
          new Site(
              "layer/" + layer,
              WeightShape.dense(layer == 1 ? inputs : width, last ? classes : width),
              last ? Role.OUTPUT : layer == 1 ? Role.INPUT : Role.HIDDEN,
              links.get(layer - 1).activation(),
              layer,
              links.size(),
              branch(links, layer)));
    }
    return sites;
  }

  /** Where a layer stands in the residual branches. */
  private static Branch branch(List<Link> links, int layer) {
    int branches = (int) links.stream().filter(link -> link.skip() != Link.NONE).count();
    for (int end = layer; end <= links.size(); end++) {
      Link link = links.get(end - 1);
      if (link.skip() != Link.NONE) {
        int from = link.skip();
        return layer > from
            ? new Branch(branches, end - from, layer - from, link.hasGate())
            : Branch.NONE;
      }
    }
    return Branch.NONE;
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

  /**
   * Floating-point operations of one update in its matrix products: two a weight and example for
   * each of the forward pass, the kernel's gradient and, but for the first layer, the inputs'
   * gradient.
   */
  public static double flopsPerStep(List<Site> sites, int batch) {
    double weights = 0;
    for (Site site : sites) {
      weights += site.shape().size() * (site.layer() == 1 ? 4.0 : 6.0);
    }
    return weights * batch;
  }
}
