package org.initlab.experiment.trial;

import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;

/**
 * One trial at a time for all its updates, its weights in the cache: OpenBLAS's products in tiles
 * on memory taken once, activations in loops that vectorize, plain SGD folded into the products. On
 * one thread and core type a trial has the same bits alone and among others.
 */
final class FusedEngine implements Engine {

  @Override
  public String name() {
    return "fused";
  }

  @Override
  public String says() {
    return "InitLab's own loops and OpenBLAS's products, single precision";
  }

  @Override
  public boolean runs(Trial trial) {
    return true;
  }

  @Override
  public Outcome train(Setup setup, Recorder recorder) {
    Trial trial = setup.trial();
    Optimizer optimizer = setup.optimizer();
    try (DenseNetwork network = DenseNetwork.first(setup);
        DensePass pass = DensePass.training(network, setup.batch());
        DenseUpdate update =
            new DenseUpdate(
                network,
                setup.batch(),
                setup.sites().stream().map(setup::rates).toList(),
                trial.number("weight_decay"),
                optimizer == Optimizer.SGD,
                size -> optimizer.descent(trial, size));
        recorder) {
      Examples batch =
          new Examples(setup.dataset().inputs(), pass.activations(0), new int[setup.batch()]);
      if (recorder.due(0)) {
        recorder.show(0, network);
      }
      ExampleStream training = setup.training();
      Goal goal = setup.goal();
      long steps = setup.steps();
      for (long step = 1; step <= steps; step++) {
        batch.fill(training, step);
        pass.forward();
        double loss = pass.loss(goal, batch.labels());
        if (!Double.isFinite(loss)) {
          return new Outcome.Diverged(step);
        }
        recorder.loss(loss);
        update.next(step, setup.rate(step));
        pass.backward(update);
        update.gates(pass);
        if (recorder.due(step)) {
          recorder.show(step, network);
        }
      }
      return new Outcome.Completed();
    }
  }
}
