package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Site;
import org.initlab.init.Tensors;

/**
 * A network in double precision, as a calibrator sees it before training, or a metric later. Where
 * its layers give many numbers, as convolutions do, examples are sent through in parts.
 */
final class CalibratedNetwork implements LiveNetwork {

  /** Numbers of all layers, of the examples that are sent through at a time: 32 MB, some thrice. */
  private static final long MOST = 1 << 22;

  private final List<Site> sites;
  private final List<Link> links;
  private final Goal goal;
  private final ExampleStream examples;
  private final int[] units;
  private final Map<Integer, DoublePass> passes = new HashMap<>();
  private Tensors parameters;

  /**
   * A trial's network before its training.
   *
   * @param parameters as they were drawn
   * @param examples of training, those of updates or others
   */
  CalibratedNetwork(Setup setup, Parameters parameters, ExampleStream examples) {
    this(setup.sites(), setup.links(), setup.goal(), parameters, examples);
  }

  /**
   * A network.
   *
   * @param links of the layers, gates held where these start them
   */
  CalibratedNetwork(
      List<Site> sites,
      List<Link> links,
      Goal goal,
      Parameters parameters,
      ExampleStream examples) {
    this.sites = List.copyOf(sites);
    this.links = List.copyOf(links);
    this.goal = goal;
    this.examples = examples;
    this.units = new int[sites.size() + 1];
    units[0] =
        links.get(0).inlet().map(i -> i.below().size()).orElse((int) sites.get(0).shape().in());
    for (Site site : sites) {
      units[site.layer()] =
          Math.toIntExact(site.shape().out() * links.get(site.layer() - 1).places());
    }
    this.parameters = parameters.widened();
  }

  @Override
  public List<Site> sites() {
    return sites;
  }

  @Override
  public Tensors parameters() {
    return parameters.copy();
  }

  @Override
  public void set(Tensors next) {
    parameters = next.copy();
  }

  @Override
  public double[] outputs(Site site, Probe probe) {
    int size = units[site.layer()];
    double[] all = new double[Math.multiplyExact(size, probe.examples())];
    int done = 0;
    for (Examples part : parts(batch(probe))) {
      DoublePass pass = pass(part.count());
      pass.forward(parameters, part, site.layer());
      System.arraycopy(pass.outputs(site.layer()), 0, all, done * size, part.count() * size);
      done += part.count();
    }
    return all;
  }

  @Override
  public Slope slope(Tensors at, Probe probe) {
    List<Examples> parts = parts(batch(probe));
    if (parts.size() == 1) {
      return pass(probe.examples()).slope(at, parts.get(0), goal);
    }
    double loss = 0;
    Tensors gradient = at.times(0);
    for (Examples part : parts) {
      double share = (double) part.count() / probe.examples();
      Slope slope = pass(part.count()).slope(at, part, goal);
      loss += share * slope.loss();
      gradient = gradient.plus(share, slope.gradient());
    }
    return new Slope(loss, gradient);
  }

  /** The examples in parts of {@link #MOST} numbers, if one example has no more. */
  private List<Examples> parts(Examples all) {
    long numbers = Arrays.stream(units).asLongStream().sum();
    int most = (int) Math.max(1, Math.min(all.count(), MOST / numbers));
    List<Examples> parts = new ArrayList<>();
    for (int from = 0; from < all.count(); from += most) {
      parts.add(all.part(from, Math.min(all.count(), from + most)));
    }
    return parts;
  }

  @Override
  public Function<Tensors, Slope> near(Tensors place, Probe probe) {
    DoublePass pass = pass(probe.examples());
    Examples batch = batch(probe);
    pass.forward(place, batch, sites.size());
    Sides sides = pass.sides();
    return at -> pass.slope(at, batch, goal, sides);
  }

  private DoublePass pass(int examples) {
    return passes.computeIfAbsent(examples, rows -> new DoublePass(links, units, rows));
  }

  private Examples batch(Probe probe) {
    int inputs = units[0];
    Examples batch =
        new Examples(inputs, new float[probe.examples() * inputs], new int[probe.examples()]);
    batch.fill(examples, probe.number() + 1);
    return batch;
  }

  /** The parameters in single precision. */
  Parameters rounded() {
    return Parameters.rounded(parameters);
  }
}
