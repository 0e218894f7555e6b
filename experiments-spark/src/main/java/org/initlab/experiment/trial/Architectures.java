package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.initlab.experiment.Trial;
import org.initlab.init.Activation;
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
    public List<Site> sites(Trial trial, int inputs, int classes) {
      Activation activation = activation(trial.text("activation"));
      int hidden = trial.integer("depth");
      int width = trial.integer("width");
      List<Site> sites = new ArrayList<>();
      for (int layer = 1; layer <= hidden + 1; layer++) {
        boolean last = layer > hidden;
        sites.add(
            new Site(
                "layer/" + layer,
                WeightShape.dense(layer == 1 ? inputs : width, last ? classes : width),
                last ? Role.OUTPUT : layer == 1 ? Role.INPUT : Role.HIDDEN,
                last ? Activation.IDENTITY : activation,
                layer,
                hidden + 1));
      }
      return sites;
    }
  };

  /** The kernels of the trial's network, from the input to the output. */
  public abstract List<Site> sites(Trial trial, int inputs, int classes);

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
