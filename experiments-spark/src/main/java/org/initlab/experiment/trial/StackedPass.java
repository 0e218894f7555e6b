package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import org.initlab.init.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The way of a batch a trial through T networks and back, on memory taken once: {@code s(l) =
 * z(l-1) W(l) + b(l)}, {@code z(l) = f(s(l))}; {@code d(l) = factor dC/ds(l)}, {@code d(l-1) =
 * (d(l) W(l)^T) f'(s(l-1))}, each [T, batch, units]. The factor is a number a trial. No operation
 * mixes trials, so what is not finite stays where it is. To be closed before its networks.
 */
final class StackedPass implements AutoCloseable {

  private final StackedNetworks networks;
  private final INDArray[] s;
  private final INDArray[] z;
  private final INDArray[] d;
  private final INDArray labels;
  private final INDArray factors;
  private final INDArray losses;
  private final List<INDArray> rooms = new ArrayList<>();
  private final float[] sums;
  private final int rows;

  /** A pass of {@code rows} examples a trial. */
  StackedPass(StackedNetworks networks, int rows) {
    int layers = networks.layers();
    int trials = networks.trials();
    this.networks = networks;
    this.rows = rows;
    this.s = new INDArray[layers + 1];
    this.z = new INDArray[layers + 1];
    this.d = new INDArray[layers + 1];
    for (int layer = 0; layer <= layers; layer++) {
      // The output layer's z and s are the loss's room.
      z[layer] = Tape.zeros(trials, rows, networks.units(layer));
      if (layer > 0) {
        s[layer] = Tape.zeros(trials, rows, networks.units(layer));
        d[layer] = Tape.zeros(trials, rows, networks.units(layer));
      }
    }
    this.labels = Tape.zeros(trials, rows, networks.units(layers));
    this.factors = Tape.zeros(trials, 1, 1);
    this.losses = Tape.zeros(trials, 1, 1);
    this.sums = new float[trials];
  }

  /** Where the examples go, [T, batch, inputs]. */
  INDArray inputs() {
    return z[0];
  }

  /** Where the labels go, as one-hot vectors, [T, batch, classes]. */
  INDArray labels() {
    return labels;
  }

  /** By what each trial's dC/ds is multiplied. */
  void factors(float[] factors) {
    HostCopies.put(this.factors, 0, factors, factors.length);
  }

  /** Puts the way to the losses and to dC/ds of the output layer on the tape. */
  void forward(Tape tape, Activation activation, Loss loss) {
    int layers = networks.layers();
    for (int layer = 1; layer <= layers; layer++) {
      tape.product(z[layer - 1], false, networks.kernel(layer), false, s[layer])
          .put("add", s[layer], s[layer], networks.bias(layer));
      if (layer < layers) {
        curve(activation).values(tape, s[layer], z[layer]);
      }
    }
    INDArray p = z[layers];
    INDArray out = d[layers];
    tape.put("softmax", p, s[layers]);
    switch (loss) {
      case CROSS_ENTROPY ->
          tape.put("log_softmax", s[layers], s[layers])
              .put("multiply", s[layers], s[layers], labels)
              .sum(s[layers], losses, 1, 2)
              .scale(losses, -1, losses)
              .put("subtract", out, p, labels);
      case SQUARED_ERROR -> {
        INDArray means = room(networks.trials(), rows, 1);
        tape.put("subtract", out, p, labels)
            .put("multiply", s[layers], out, out)
            .sum(s[layers], losses, 1, 2)
            .scale(losses, 0.5, losses)
            .put("multiply", s[layers], out, p)
            .sum(s[layers], means, 2)
            .put("subtract", out, out, means)
            .put("multiply", out, out, p);
      }
    }
    tape.put("multiply", out, out, factors);
  }

  /** Puts the way back, to the gradients of all parameters, on the tape. */
  void backward(Tape tape, Activation activation) {
    for (int layer = networks.layers(); layer >= 1; layer--) {
      tape.product(z[layer - 1], true, d[layer], false, networks.kernelGradient(layer))
          .sum(d[layer], networks.biasGradient(layer), 1);
      if (layer > 1) {
        tape.product(d[layer], false, networks.kernel(layer), true, d[layer - 1]);
        curve(activation).backward(tape, s[layer - 1], z[layer - 1], d[layer - 1]);
      }
    }
  }

  private StackedCurve curve(Activation activation) {
    // All hidden layers have one width, and share the rooms.
    while (rooms.size() < 3) {
      rooms.add(Tape.zeros(s[1].shape()));
    }
    return new StackedCurve(activation, rooms.get(0), rooms.get(1), rooms.get(2));
  }

  private INDArray room(long... shape) {
    INDArray room = Tape.zeros(shape);
    rooms.add(room);
    return room;
  }

  /** A trial's mean loss over its batch, of each trial, after a way forward. */
  double[] losses() {
    HostCopies.get(losses, 0, sums, sums.length);
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = (double) sums[i] / rows;
    }
    return means;
  }

  @Override
  public void close() {
    for (int layer = 0; layer < z.length; layer++) {
      z[layer].close();
      if (layer > 0) {
        s[layer].close();
        d[layer].close();
      }
    }
    labels.close();
    factors.close();
    losses.close();
    rooms.forEach(INDArray::close);
  }
}
