package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;
import org.initlab.init.Activation;
import org.initlab.init.Initializer;
import org.initlab.init.Rates;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;

/**
 * A trial with its names looked up: what every engine starts from, so that all of them train the
 * same network on the same data.
 *
 * <p>The streams are {@code Key.of(seed).at("repeat", r)} then {@code at("init").at(site)} for a
 * kernel or bias and {@code at("data")} for the training examples; held-out examples hang on {@code
 * Key.of(seed).at("held out")} and those for validation on {@code Key.of(seed).at("validation")},
 * so all trials of a study share them.
 *
 * @param trial what was asked
 * @param dataset its data
 * @param topology its layers
 * @param activation of its hidden layers
 * @param scheme that draws them
 * @param loss what it lowers
 * @param optimizer how
 * @param schedule of the learning rate
 */
public record Setup(
    Trial trial,
    Dataset dataset,
    Topology topology,
    Activation activation,
    Scheme scheme,
    Loss loss,
    Optimizer optimizer,
    Schedule schedule) {

  /** Looks the trial's names up. */
  public static Setup of(Trial trial, Dataset dataset) {
    return new Setup(
        trial,
        dataset,
        Architectures.named(trial.text("architecture"))
            .topology(trial, dataset.image(), dataset.outputs()),
        Architectures.activation(trial.text("activation")),
        Named.scheme(trial.text("scheme")),
        Loss.named(trial.text("loss")),
        Optimizer.named(trial.text("optimizer")),
        Schedule.named(trial.text("schedule")));
  }

  /** The kernels, from the input to the output. */
  public List<Site> sites() {
    return topology.sites();
  }

  /** How the layers hang together, with the gates where the scheme starts them. */
  List<Link> links() {
    List<Link> links = topology.links();
    List<Link> started = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      started.add(links.get(i).startingAt(scheme.gate(sites().get(i))));
    }
    return started;
  }

  /** The parameters with which the trial starts, calibrated if it asks for that. */
  Parameters first() {
    Parameters drawn = drawn();
    if (trial.text("calibrator").equals("none")) {
      return drawn;
    }
    ExampleStream examples = dataset.training(repeat().at("calibration"), apart());
    CalibratedNetwork network = new CalibratedNetwork(this, drawn, examples);
    Named.calibrator(trial.text("calibrator")).calibrate(network);
    return network.rounded();
  }

  private Parameters drawn() {
    List<float[]> kernels = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (Site site : sites()) {
      kernels.add(draw(scheme.at(site), site));
      biases.add(
          scheme
              .bias(site)
              .map(bias -> draw(bias, site.bias()))
              .orElseGet(() -> new float[(int) site.shape().out()]));
    }
    return new Parameters(kernels, biases);
  }

  private float[] draw(Initializer initializer, Site site) {
    return initializer.draw(site, repeat().at("init").at(site.name())).values();
  }

  /** By what the learning rates of a layer's kernel and bias are multiplied. */
  Rates rates(Site site) {
    return scheme.rates(site, optimizer.rule());
  }

  /** What training lowers, for the labels of the data. */
  public Goal goal() {
    return dataset.goal(loss);
  }

  /**
   * The rate at which every kernel learns by plain SGD, where it is the same at every update, no
   * weight decays and no bias learns; nothing otherwise.
   */
  OptionalDouble steadyRate() {
    boolean plain =
        optimizer == Optimizer.SGD
            && schedule == Schedule.CONSTANT
            && trial.integer("warmup") == 0
            && trial.number("weight_decay") == 0;
    return plain
            && sites().stream().map(this::rates).allMatch(r -> r.kernel() == 1 && r.bias() == 0)
        ? OptionalDouble.of(trial.number("learning_rate"))
        : OptionalDouble.empty();
  }

  /** Examples an update. */
  public int batch() {
    return trial.integer("batch");
  }

  /** Updates. */
  public long steps() {
    return Long.parseLong(trial.text("steps"));
  }

  /** The learning rate of an update, numbered from 1. */
  public double rate(long update) {
    return trial.number("learning_rate")
        * schedule.factor(update, steps(), trial.integer("warmup"));
  }

  /** What decides the training examples of a data set: trials of one course share them. */
  record Course(Key order, Apart apart) {}

  /** The course of this trial. */
  Course course() {
    return new Course(repeat().at("data"), apart());
  }

  /** The training examples, in their order. */
  public ExampleStream training() {
    return dataset.training(course().order(), course().apart());
  }

  /** Room for a batch. */
  public Examples emptyBatch() {
    int inputs = dataset.inputs();
    return new Examples(inputs, new float[batch() * inputs], new int[batch()]);
  }

  /** The first {@code count} held-out examples. */
  Examples heldOut(int count) {
    return Examples.heldOut(dataset, Key.of(trial.seed()).at("held out"), count);
  }

  /** The examples for validation, none if the trial keeps none apart. */
  Examples validation() {
    return Examples.validation(dataset, apart());
  }

  private Apart apart() {
    return new Apart(
        Key.of(trial.seed()).at("validation"), trial.integer(Argument.VALIDATION_EXAMPLES.key()));
  }

  private Key repeat() {
    return Key.of(trial.seed()).at("repeat", trial.repeat());
  }
}
