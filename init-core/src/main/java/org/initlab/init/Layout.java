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
    Steps steps(WeightShape shape) {
      return new Steps((int) (shape.in() * shape.out()), (int) shape.out(), 1);
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
    Steps steps(WeightShape shape) {
      int field = (int) shape.receptiveField();
      return new Steps(1, field, (int) shape.in() * field);
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
              + (lengths.length == 1 ? ". Maybe [%d, 1].".formatted(lengths[0]) : "."));
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

  /** How far apart neighbours are stored. */
  abstract Steps steps(WeightShape shape);

  /**
   * Distances in memory.
   *
   * @param position between kernel positions
   * @param unit between inputs
   * @param output between outputs
   */
  record Steps(int position, int unit, int output) {}

  private static float[] reorder(WeightShape shape, Layout from, Layout to, float[] values) {
    if (from == to) {
      return values;
    }
    float[] moved = new float[values.length];
    Steps there = to.steps(shape);
    Steps here = from.steps(shape);
    int field = (int) shape.receptiveField();
    for (int p = 0; p < field; p++) {
      for (int i = 0; i < shape.in(); i++) {
        int target = p * there.position() + i * there.unit();
        int source = p * here.position() + i * here.unit();
        for (int o = 0; o < shape.out(); o++) {
          moved[target + o * there.output()] = values[source + o * here.output()];
        }
      }
    }
    return moved;
  }

  private static WeightShape convolution(long in, long out, long[] kernel) {
    return WeightShape.convolution(in, out, Arrays.stream(kernel).boxed().toArray(Long[]::new));
  }
}
