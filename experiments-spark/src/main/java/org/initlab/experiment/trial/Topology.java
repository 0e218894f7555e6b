package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.experiment.numeric.Padding;
import org.initlab.experiment.numeric.Pooling;
import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.numeric.Window;
import org.initlab.init.Activation;
import org.initlab.init.Branch;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;

/**
 * A network without its weights: its kernels from the input to the output, named layer/1, layer/2,
 * ..., and how each layer hangs in it.
 *
 * @param image what an example of the data is
 * @param sites the kernels
 * @param links how each layer hangs in the network
 */
public record Topology(Volume image, List<Site> sites, List<Link> links) {

  public Topology {
    sites = List.copyOf(sites);
    links = List.copyOf(links);
  }

  /** Whether it is dense layers on one another, nothing else. */
  boolean isChain() {
    return links.stream().allMatch(link -> link.equals(Link.plain(link.activation())));
  }

  /** What a layer gives for one example; 0 is the input. */
  Volume volume(int layer) {
    if (layer == 0) {
      return image;
    }
    int channels = Math.toIntExact(sites.get(layer - 1).shape().out());
    return links
        .get(layer - 1)
        .inlet()
        .flatMap(Inlet::window)
        .map(window -> window.out(channels))
        .orElseGet(() -> Volume.flat(channels));
  }

  /** What of the numbers below a layer reads, from 1. */
  Volume read(int layer) {
    return links.get(layer - 1).inlet().map(Inlet::read).orElseGet(() -> volume(layer - 1));
  }

  /** Numbers that a layer gives for one example. */
  double outputs(int layer) {
    return (double) sites.get(layer - 1).shape().out() * links.get(layer - 1).places();
  }

  /** Numbers that all layers give for one example. */
  double outputs() {
    double sum = 0;
    for (int layer = 1; layer <= links.size(); layer++) {
      sum += outputs(layer);
    }
    return sum;
  }

  /** Multiplications of one example on its way forward, places of a convolution each. */
  double multiplications() {
    double sum = 0;
    for (Site site : sites) {
      sum += multiplications(site);
    }
    return sum;
  }

  private double multiplications(Site site) {
    return (double) site.shape().size() * links.get(site.layer() - 1).places();
  }

  /**
   * Floating-point operations of one update in its matrix products: two a multiplication for each
   * of the forward pass, the kernel's gradient and, but for the first layer, the inputs' gradient.
   */
  public double flopsPerStep(int batch) {
    double sum = 0;
    for (Site site : sites) {
      sum += multiplications(site) * (site.layer() == 1 ? 4 : 6);
    }
    return sum * batch;
  }

  /** Puts layers on one another, from the input on. */
  static final class Builder {

    private final Volume image;
    private final List<Link> links = new ArrayList<>();
    private final List<WeightShape> shapes = new ArrayList<>();
    private Volume top;
    private final List<Pooling> poolings = new ArrayList<>();

    /** Nothing yet but examples of this extent. */
    Builder(Volume examples) {
      this.image = examples;
      this.top = examples;
    }

    /** The number of the layer that is on top; 0 for the input. */
    int layer() {
      return links.size();
    }

    /** What the next layer is to read is pooled first. */
    Builder pool(Pooling how) {
      poolings.add(how);
      return this;
    }

    /** A dense layer on all that is below. */
    Builder dense(long units, Activation activation) {
      Inlet inlet = inlet(Optional.empty());
      shapes.add(WeightShape.dense(inlet.read().size(), units));
      links.add(
          new Link(
              activation,
              Link.NONE,
              Float.NaN,
              inlet.poolings().isEmpty() ? Optional.empty() : Optional.of(inlet)));
      top = Volume.flat(Math.toIntExact(units));
      return this;
    }

    /** A convolution. */
    Builder convolution(int channels, int kernel, int stride, Padding padding, Activation f) {
      Volume read = new Inlet(top, poolings, Optional.empty()).read();
      Window window = new Window(read, kernel, stride, padding);
      long side = kernel;
      shapes.add(WeightShape.convolution(read.channels(), channels, side, side));
      links.add(new Link(f, Link.NONE, Float.NaN, Optional.of(inlet(Optional.of(window)))));
      top = window.out(channels);
      return this;
    }

    private Inlet inlet(Optional<Window> window) {
      Inlet inlet = new Inlet(top, poolings, window);
      poolings.clear();
      return inlet;
    }

    /** The layer on top gets a learned gate, unless {@code gate} is NaN, and this layer's sum. */
    Builder add(int skip, float gate) {
      links.set(links.size() - 1, links.get(links.size() - 1).joining(skip, gate));
      return this;
    }

    Topology build() {
      List<Site> sites = new ArrayList<>();
      int depth = links.size();
      for (int layer = 1; layer <= depth; layer++) {
        sites.add(
            new Site(
                "layer/" + layer,
                shapes.get(layer - 1),
                layer == depth ? Role.OUTPUT : layer == 1 ? Role.INPUT : Role.HIDDEN,
                links.get(layer - 1).activation(),
                layer,
                depth,
                branch(layer)));
      }
      return new Topology(image, sites, links);
    }

    /** Where a layer stands in the residual branches. */
    private Branch branch(int layer) {
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
  }
}
