package org.initlab.experiment.trial;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * T trials of one shape, activation, loss and optimizer, and one update of all of them at a time.
 * Learning rates, schedules and weight decays are each trial's own. To be closed.
 */
final class Stack implements AutoCloseable {

  private final List<Setup> setups;
  private final Setup any;
  private final StackedNetworks networks;
  private final StackedPass pass;
  private final StackedBatches batches;
  private final StackedDescent kernelDescent;
  private final StackedDescent biasDescent;
  private final INDArray rates;
  private final INDArray decays;
  private final boolean alike;
  private final Tape forward = new Tape();
  private final Tape backward = new Tape();

  /** A stack whose networks are all zeros. */
  Stack(List<Setup> setups) {
    this.setups = List.copyOf(setups);
    this.any = setups.get(0);
    Optimizer optimizer = any.optimizer();
    int trials = setups.size();
    this.networks = new StackedNetworks(trials, units(any));
    this.pass = new StackedPass(networks, any.batch());
    this.batches = new StackedBatches(setups);
    this.kernelDescent =
        new StackedDescent(optimizer, networks.kernels(), networks.kernelGradients());
    this.biasDescent = new StackedDescent(optimizer, networks.biases(), networks.biasGradients());
    this.alike = setups.stream().map(Stack::course).distinct().count() == 1;
    // One number for all is far cheaper than a number a row.
    this.rates = alike ? Tape.zeros() : Tape.zeros(trials, 1);
    this.decays = alike ? Tape.zeros() : Tape.zeros(trials, 1);
    batches.deal(forward, pass);
    pass.forward(forward, any.activation(), any.loss());
    pass.backward(backward, any.activation());
    if (setups.stream().anyMatch(setup -> decay(setup) > 0)) {
      kernelDescent.decay(backward, decays);
    }
    float momentum = (float) any.trial().number("momentum");
    kernelDescent.update(backward, optimizer, momentum, rates);
    biasDescent.update(backward, optimizer, momentum, rates);
  }

  static int[] units(Setup setup) {
    int[] units = new int[setup.sites().size() + 1];
    units[0] = setup.dataset().inputs();
    for (int layer = 1; layer < units.length; layer++) {
      units[layer] = Math.toIntExact(setup.sites().get(layer - 1).shape().out());
    }
    return units;
  }

  private static double decay(Setup setup) {
    return setup.trial().number("weight_decay");
  }

  private static List<Object> course(Setup setup) {
    return List.of(
        setup.trial().number("learning_rate"),
        setup.schedule(),
        setup.trial().integer("warmup"),
        setup.steps(),
        decay(setup));
  }

  /** The networks as they are. */
  StackedNetworks networks() {
    return networks;
  }

  List<Setup> setups() {
    return setups;
  }

  /** Computes each trial's mean loss over the batch of an update, numbered from 1. */
  double[] losses(long update) {
    batches.fill(update);
    pass.factors(factors(update));
    forward.run();
    return pass.losses();
  }

  /** Does the update whose losses were computed last. */
  void update(long update) {
    Optimizer optimizer = any.optimizer();
    boolean linear = StackedDescent.linear(optimizer);
    float[] rate = new float[setups.size()];
    float[] decay = new float[setups.size()];
    for (int t = 0; t < rate.length; t++) {
      double of = rate(setups.get(t), update);
      rate[t] = (float) (of * StackedDescent.bias(optimizer, update));
      decay[t] = (float) (linear ? of * decay(setups.get(t)) : decay(setups.get(t)));
    }
    int count = alike ? 1 : rate.length;
    HostCopies.put(rates, 0, rate, count);
    HostCopies.put(decays, 0, decay, count);
    backward.run();
  }

  private float[] factors(long update) {
    boolean linear = StackedDescent.linear(any.optimizer());
    float[] factors = new float[setups.size()];
    for (int t = 0; t < factors.length; t++) {
      factors[t] = (float) ((linear ? rate(setups.get(t), update) : 1) / any.batch());
    }
    return factors;
  }

  /** A trial that is done, and stays until the stack is made smaller, rests at rate 0. */
  private static double rate(Setup setup, long update) {
    return update > setup.steps() ? 0 : setup.rate(update);
  }

  /** A new stack of some of these trials, as they are: copies, bit for bit. */
  Stack of(int... kept) {
    Stack smaller = new Stack(Arrays.stream(kept).mapToObj(setups::get).toList());
    try (Tape copy = new Tape();
        INDArray rows = Tape.index(kept)) {
      copy.gather(networks.kernels(), rows, smaller.networks.kernels());
      copy.gather(networks.biases(), rows, smaller.networks.biases());
      gather(copy, kernelDescent, rows, smaller.kernelDescent);
      gather(copy, biasDescent, rows, smaller.biasDescent);
      copy.run();
    }
    return smaller;
  }

  private static void gather(Tape copy, StackedDescent from, INDArray rows, StackedDescent to) {
    for (int i = 0; i < from.memory().size(); i++) {
      copy.gather(from.memory().get(i), rows, to.memory().get(i));
    }
  }

  @Override
  public void close() {
    forward.close();
    backward.close();
    kernelDescent.close();
    biasDescent.close();
    rates.close();
    decays.close();
    pass.close();
    batches.close();
    networks.close();
  }
}
