package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import org.initlab.experiment.numeric.DoubleDescent;
import org.initlab.init.Rates;
import org.initlab.init.Tensors;

/**
 * A trial's network while it learns in double precision: its weights start at the drawn floats,
 * each widened exactly.
 */
final class DoubleNetwork {

  private final List<Rates> rates;
  private final double decay;
  private final DoublePass pass;
  private final Goal goal;
  private final Tensors w;
  private final Tensors gradient;
  private final List<DoubleDescent> descents = new ArrayList<>();
  private final DoubleDescent gateDescent;

  /**
   * A network.
   *
   * @param first its parameters at the start
   */
  DoubleNetwork(Setup setup, Parameters first) {
    this.rates = setup.sites().stream().map(setup::rates).toList();
    this.decay = setup.trial().number("weight_decay");
    this.goal = setup.goal();
    this.w = first.widened();
    this.gradient = DoublePass.roomFor(w);
    this.pass = new DoublePass(setup.links(), units(setup), setup.batch());
    for (double[] part : w.parts()) {
      descents.add(setup.optimizer().doubleDescent(setup.trial(), part.length));
    }
    this.gateDescent = setup.optimizer().doubleDescent(setup.trial(), pass.gates().length);
  }

  private static int[] units(Setup setup) {
    int[] units = new int[setup.links().size() + 1];
    for (int layer = 0; layer < units.length; layer++) {
      units[layer] = setup.topology().volume(layer).size();
    }
    return units;
  }

  /** The kernels and biases, which learning changes. */
  Tensors weights() {
    return w;
  }

  /** The mean loss of a batch. */
  double loss(Examples batch) {
    return pass.loss(w, batch, goal);
  }

  /**
   * Learns from the batch whose loss was computed last. The gradient of a kernel W gets {@code
   * weight_decay W}, as with every engine.
   *
   * @param update its number, from 1
   * @param rate of learning, before each layer's factors
   */
  void learn(long update, double rate) {
    pass.backward(w, gradient);
    for (int layer = 1; layer <= rates.size(); layer++) {
      double[] kernel = w.kernel(layer);
      double[] slope = gradient.kernel(layer);
      if (decay > 0) {
        for (int i = 0; i < kernel.length; i++) {
          slope[i] += decay * kernel[i];
        }
      }
      Rates factors = rates.get(layer - 1);
      descents.get(2 * layer - 2).update(kernel, slope, rate * factors.kernel(), update);
      descents
          .get(2 * layer - 1)
          .update(w.bias(layer), gradient.bias(layer), rate * factors.bias(), update);
    }
    // Layers without a gate have one of 1, whose gradient is 0: no rule moves it.
    gateDescent.update(pass.gates(), pass.gateGradients(), rate, update);
  }

  /** Writes what it has learned into another, rounded to floats. */
  void copyTo(DenseNetwork rounded) {
    rounded.set(Parameters.rounded(w));
    for (int layer = 1; layer <= rounded.layers(); layer++) {
      if (rounded.link(layer).hasGate()) {
        rounded.gates()[layer] = (float) pass.gates()[layer];
      }
    }
  }
}
