package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;

/**
 * The optimizers' rules for parameters [T, n], a trial a row; see {@link
 * org.initlab.experiment.numeric.Descents} for the formulas. Where the rule is linear in the
 * gradient, the rate has been multiplied into the gradient before; else a row of {@code rates} has
 * it. To be closed.
 */
final class StackedDescent implements AutoCloseable {

  private final INDArray w;
  private final INDArray g;
  private final INDArray room;
  private final List<INDArray> memory = new ArrayList<>();

  /** A rule for w with the gradients g. */
  StackedDescent(Optimizer optimizer, INDArray w, INDArray g) {
    this.w = w;
    this.g = g;
    this.room = Tape.zeros(w.shape());
    int arrays =
        switch (optimizer) {
          case SGD -> 0;
          case MOMENTUM, NESTEROV, RMSPROP -> 1;
          case ADAM -> 2;
        };
    for (int i = 0; i < arrays; i++) {
      memory.add(Tape.zeros(w.shape()));
    }
    if (optimizer == Optimizer.RMSPROP) {
      memory.get(0).assign((float) Optimizer.EPSILON);
    }
  }

  /** Whether the rate goes into the gradient. */
  static boolean linear(Optimizer optimizer) {
    return switch (optimizer) {
      case SGD, MOMENTUM, NESTEROV -> true;
      case RMSPROP, ADAM -> false;
    };
  }

  /** By what the rate is multiplied at an update, but for linear rules. */
  static double bias(Optimizer optimizer, long update) {
    return optimizer == Optimizer.ADAM
        ? Math.sqrt(1 - StrictMath.pow(Optimizer.ADAM_SQUARE_DECAY, update))
            / (1 - StrictMath.pow(Optimizer.ADAM_MEAN_DECAY, update))
        : 1;
  }

  /** Puts {@code g += decays w} on the tape. */
  void decay(Tape tape, INDArray decays) {
    tape.put("multiply", room, w, decays).put("add", g, g, room);
  }

  /** Puts an update on the tape. */
  void update(Tape tape, Optimizer optimizer, double momentum, INDArray rates) {
    switch (optimizer) {
      case SGD -> tape.put("subtract", w, w, g);
      case MOMENTUM -> {
        INDArray v = memory.get(0);
        tape.scale(v, momentum, v).put("subtract", v, v, g).put("add", w, w, v);
      }
      case NESTEROV -> {
        INDArray v = memory.get(0);
        tape.scale(v, momentum, room)
            .put("subtract", w, w, room)
            .put("subtract", v, room, g)
            .scale(v, 1 + momentum, room)
            .put("add", w, w, room);
      }
      case RMSPROP -> {
        INDArray v = memory.get(0);
        mean(tape, v, Optimizer.RMS_DECAY, true);
        tape.put(new Sqrt(v, room))
            .shift(room, Optimizer.EPSILON, room)
            .put("divide", g, g, room)
            .put("multiply", g, g, rates)
            .put("subtract", w, w, g);
      }
      case ADAM -> {
        INDArray m = memory.get(0);
        INDArray v = memory.get(1);
        mean(tape, m, Optimizer.ADAM_MEAN_DECAY, false);
        mean(tape, v, Optimizer.ADAM_SQUARE_DECAY, true);
        tape.put(new Sqrt(v, room))
            .shift(room, Optimizer.EPSILON, room)
            .put("divide", room, m, room)
            .put("multiply", room, room, rates)
            .put("subtract", w, w, room);
      }
    }
  }

  /** {@code mean = decay mean + (1 - decay) g}, or g squared. */
  private void mean(Tape tape, INDArray mean, double decay, boolean squared) {
    tape.scale(mean, decay, mean);
    if (squared) {
      tape.put("multiply", room, g, g).scale(room, 1 - decay, room);
    } else {
      tape.scale(g, 1 - decay, room);
    }
    tape.put("add", mean, mean, room);
  }

  /** What the rule remembers from update to update. */
  List<INDArray> memory() {
    return memory;
  }

  @Override
  public void close() {
    room.close();
    memory.forEach(INDArray::close);
  }
}
