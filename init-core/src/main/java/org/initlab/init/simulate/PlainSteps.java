package org.initlab.init.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.random.Key;

/** Steps without weights and without windows. */
final class PlainSteps {

  private PlainSteps() {}

  /** The numbers stay. */
  record Pass() implements Step {
    @Override
    public float[] forward(List<float[]> inputs, Key key) {
      return inputs.get(0);
    }

    @Override
    public List<float[]> backward(float[] gradient) {
      return List.of(gradient);
    }
  }

  /**
   * Numbers come in, or a new signal takes the place of one that is not computed; the gradient
   * behind it has the norm of that before it.
   */
  static final class Start implements Step {
    private final int size;
    private final double meanSquare;
    private Key key;
    private int[] sizes = {};

    Start(int size, double meanSquare) {
      this.size = size;
      this.meanSquare = meanSquare;
    }

    @Override
    public float[] forward(List<float[]> inputs, Key layer) {
      key = layer;
      sizes = inputs.stream().mapToInt(x -> x.length).toArray();
      return Numbers.normal(layer.at("signal"), meanSquare, size);
    }

    @Override
    public List<float[]> backward(float[] gradient) {
      List<float[]> gradients = new ArrayList<>();
      double norm = Numbers.squares(gradient);
      for (int n : sizes) {
        gradients.add(Numbers.normal(key.at("gradient"), norm / n, n));
      }
      return gradients;
    }
  }

  /** An activation alone. */
  static final class Activate implements Step {
    private final Optional<Activation> activation;
    private Bend bend;
    private double length;

    Activate(Optional<Activation> activation) {
      this.activation = activation;
    }

    @Override
    public float[] forward(List<float[]> inputs, Key key) {
      bend = new Bend(activation, inputs.get(0));
      length = Numbers.meanSquare(inputs.get(0));
      return bend.outputs();
    }

    @Override
    public List<float[]> backward(float[] gradient) {
      return List.of(bend.backward(gradient));
    }

    @Override
    public double length() {
      return activation.isEmpty() ? Double.NaN : length;
    }

    @Override
    public double saturated() {
      return bend.saturated();
    }
  }

  /** The sum of inputs, times a number; a single number of an example stands for all. */
  static final class Sum implements Step {
    private final float factor;
    private final int batch;
    private final int size;
    private int[] sizes = {};

    Sum(double factor, int batch, int size) {
      this.factor = (float) factor;
      this.batch = batch;
      this.size = size;
    }

    @Override
    public float[] forward(List<float[]> inputs, Key key) {
      sizes = inputs.stream().mapToInt(x -> x.length).toArray();
      float[] y = new float[batch * size];
      for (float[] x : inputs) {
        Require.size(x.length, y.length);
        for (int i = 0; i < y.length; i++) {
          y[i] += factor * x[i];
        }
      }
      return y;
    }

    @Override
    public List<float[]> backward(float[] gradient) {
      float[] g = new float[gradient.length];
      for (int i = 0; i < g.length; i++) {
        g[i] = factor * gradient[i];
      }
      List<float[]> all = new ArrayList<>();
      for (int i = 0; i < sizes.length; i++) {
        all.add(g);
      }
      return all;
    }
  }

  /** Inputs side by side. */
  static final class Concatenate implements Step {
    private final int outer;
    private int[] runs = {};

    /** The number of stretches into which each input falls. */
    Concatenate(int outer) {
      this.outer = outer;
    }

    @Override
    public float[] forward(List<float[]> inputs, Key key) {
      runs = inputs.stream().mapToInt(x -> x.length / outer).toArray();
      int all = 0;
      for (int run : runs) {
        all += run;
      }
      float[] y = new float[outer * all];
      for (int o = 0, at = 0; o < outer; o++) {
        for (int i = 0; i < runs.length; at += runs[i++]) {
          System.arraycopy(inputs.get(i), o * runs[i], y, at, runs[i]);
        }
      }
      return y;
    }

    @Override
    public List<float[]> backward(float[] gradient) {
      List<float[]> parts = new ArrayList<>();
      for (int run : runs) {
        parts.add(new float[outer * run]);
      }
      for (int o = 0, at = 0; o < outer; o++) {
        for (int i = 0; i < runs.length; at += runs[i++]) {
          System.arraycopy(gradient, at, parts.get(i), o * runs[i], runs[i]);
        }
      }
      return parts;
    }
  }

  /** Numbers at other places: for each place of an example's output, where it comes from or -1. */
  @SuppressWarnings("ArrayRecordComponent")
  record Move(int batch, int inSize, int[] from) implements Step {
    @Override
    public float[] forward(List<float[]> inputs, Key key) {
      float[] y = new float[batch * from.length];
      for (int b = 0; b < batch; b++) {
        for (int i = 0; i < from.length; i++) {
          y[b * from.length + i] = from[i] < 0 ? 0 : inputs.get(0)[b * inSize + from[i]];
        }
      }
      return y;
    }

    @Override
    public List<float[]> backward(float[] gradient) {
      float[] g = new float[batch * inSize];
      for (int b = 0; b < batch; b++) {
        for (int i = 0; i < from.length; i++) {
          if (from[i] >= 0) {
            g[b * inSize + from[i]] += gradient[b * from.length + i];
          }
        }
      }
      return List.of(g);
    }
  }

  /** Why a step refuses what a file made possible. */
  private static final class Require {
    private static void size(int given, int wanted) {
      if (given != wanted) {
        throw new IllegalArgumentException(
            "its inputs have %d and %d numbers; only equal shapes are measured."
                .formatted(given, wanted));
      }
    }
  }
}
