package org.initlab.experiment.trial;

import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.numeric.Padding;

/**
 * Deeplearning4j, by which the other engines are tested: its MultiLayerNetwork for dense layers on
 * one another, its ComputationGraph for all else. It trains only: the kernels are drawn here and
 * written in, and nothing of ND4J's random numbers is asked for. What it does not have, {@link
 * Dl4jParts} and {@link Dl4jGraph} say.
 */
final class Dl4jEngine implements Engine {

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String says() {
    return "Deeplearning4j and ND4J 1.0.0-M2.1, nd4j-native";
  }

  @Override
  public boolean runs(Trial trial) {
    return Dl4jParts.has(trial)
        && !Engines.scalesRates(trial)
        && Engines.hasClasses(trial)
        && has(Engines.topology(trial));
  }

  private static boolean has(Topology topology) {
    return topology.links().stream().noneMatch(Link::hasGate)
        && topology.links().stream()
            .flatMap(link -> link.inlet().flatMap(Inlet::window).stream())
            .noneMatch(window -> window.padding() == Padding.CIRCULAR);
  }

  @Override
  public Outcome train(Setup setup, Recorder recorder) {
    try (Dl4jModel network = Dl4jModel.first(setup);
        DenseNetwork copy = new DenseNetwork(network.parameters(), setup.links());
        recorder) {
      if (recorder.due(0)) {
        recorder.show(0, copy);
      }
      Examples batch = setup.emptyBatch();
      ExampleStream training = setup.training();
      boolean decays = setup.trial().number("weight_decay") > 0;
      boolean varies = setup.schedule() != Schedule.CONSTANT || setup.trial().integer("warmup") > 0;
      long steps = setup.steps();
      for (long step = 1; step <= steps; step++) {
        batch.fill(training, step);
        if (varies) {
          network.rate(setup.rate(step));
        }
        double penalty = decays ? network.penalty() : 0;
        double loss = network.update(batch) - penalty;
        if (!Double.isFinite(loss)) {
          return new Outcome.Diverged(step);
        }
        recorder.loss(loss);
        if (recorder.due(step)) {
          copy.set(network.parameters());
          recorder.show(step, copy);
        }
      }
      return new Outcome.Completed();
    }
  }
}
