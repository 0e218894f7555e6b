package org.initlab.init;

import java.util.Arrays;

/** The order in which a framework stores the axes of a weight tensor. */
public enum Layout {
  /** kernel..., in, out: Keras, JAX and InitLab. */
  KERNEL_IN_OUT {
    @Override
    public long[] lengths(WeightShape shape) {
      return shape.lengths();
    }

    @Override
    WeightShape read(long[] lengths) {
      int n = lengths.length;
      return convolution(lengths[n - 2], lengths[n - 1], Arrays.copyOf(lengths, n - 2));
    }

    @Override
    int place(int position, int unit, int output, WeightShape shape) {
      return (int) ((position * shape.in() + unit) * shape.out()) + output;
    }
  },

  /** out, in, kernel...: PyTorch, and Deeplearning4j's convolutions. */
  OUT_IN_KERNEL {
    @Override
    public long[] lengths(WeightShape shape) {
      long[] lengths = new long[shape.kernel().size() + 2];
      lengths[0] = shape.out();
      lengths[1] = shape.in();
      for (int i = 2; i < lengths.length; i++) {
        lengths[i] = shape.kernel().get(i - 2);
      }
      return lengths;
    }

    @Override
    WeightShape read(long[] lengths) {
      return convolution(lengths[1], lengths[0], Arrays.copyOfRange(lengths, 2, lengths.length));
    }

    @Override
    int place(int position, int unit, int output, WeightShape shape) {
      return (int) ((output * shape.in() + unit) * shape.receptiveField()) + position;
    }
  };

  /** The lengths of the axes, in this order. */
  public abstract long[] lengths(WeightShape shape);

  /** The units that a tensor with these lengths joins; fewer than two lengths are refused. */
  public WeightShape shape(long... lengths) {
    if (lengths.length < 2) {
      throw new IllegalArgumentException(
          "A weight shape needs at least 2 lengths, one of them in and one out, not "
              + Arrays.toString(lengths)
              + ".");
    }
    return read(lengths);
  }

  /** The values of a tensor of InitLab in this order; the tensor's own array if that is its own. */
  public float[] values(WeightShape shape, Weights weights) {
    return reorder(shape, KERNEL_IN_OUT, this, weights.values());
  }

  /** The tensor of InitLab whose values in this order are {@code values}. */
  public Weights weights(WeightShape shape, float[] values) {
    return new Weights(shape.lengths(), reorder(shape, this, KERNEL_IN_OUT, values));
  }

  abstract WeightShape read(long[] lengths);

  /** Where the weight from {@code unit} to {@code output} at a kernel position is stored. */
  abstract int place(int position, int unit, int output, WeightShape shape);

  private static float[] reorder(WeightShape shape, Layout from, Layout to, float[] values) {
    if (from == to) {
      return values;
    }
    float[] moved = new float[values.length];
    for (int p = 0; p < shape.receptiveField(); p++) {
      for (int i = 0; i < shape.in(); i++) {
        for (int o = 0; o < shape.out(); o++) {
          moved[to.place(p, i, o, shape)] = values[from.place(p, i, o, shape)];
        }
      }
    }
    return moved;
  }

  private static WeightShape convolution(long in, long out, long[] kernel) {
    return WeightShape.convolution(in, out, Arrays.stream(kernel).boxed().toArray(Long[]::new));
  }
}
