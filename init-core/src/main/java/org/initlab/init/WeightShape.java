package org.initlab.init;

import java.util.List;

/**
 * How many units a weight tensor joins: {@code out} outputs, {@code in} inputs and, for a
 * convolution, the extent of its kernel in each spatial dimension.
 *
 * <p>It says nothing of memory layout and nothing of stride: neither belongs to a fan. A side of 0
 * is a shape without weights; an initializer that would divide by its fan refuses it.
 *
 * @param out output units or channels, at least 0
 * @param in input units or channels, at least 0
 * @param kernel spatial extents, each at least 1; empty for a dense layer
 */
public record WeightShape(long out, long in, List<Long> kernel) {

  public WeightShape {
    kernel = List.copyOf(kernel);
    require(0, out, "out");
    require(0, in, "in");
    kernel.forEach(k -> require(1, k, "kernel"));
    try {
      long size = Math.multiplyExact(out, in);
      for (long k : kernel) {
        size = Math.multiplyExact(size, k);
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "A weight shape needs fewer than 2^63 weights, not the product of kernel %s, in %d, out %d."
              .formatted(kernel, in, out),
          e);
    }
  }

  /** The shape of a dense layer from {@code in} to {@code out} units. */
  public static WeightShape dense(long in, long out) {
    return new WeightShape(out, in, List.of());
  }

  /** The shape of a convolution from {@code in} to {@code out} channels. */
  public static WeightShape convolution(long in, long out, Long... kernel) {
    return new WeightShape(out, in, List.of(kernel));
  }

  /** Spatial positions that one output sees: the product of the kernel's extents, 1 for dense. */
  public long receptiveField() {
    return kernel.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** Number of weights. */
  public long size() {
    return out * in * receptiveField();
  }

  /** The lengths in the layout of Keras and JAX: kernel..., in, out. */
  public long[] lengths() {
    long[] lengths = new long[kernel.size() + 2];
    for (int i = 0; i < kernel.size(); i++) {
      lengths[i] = kernel.get(i);
    }
    lengths[kernel.size()] = in;
    lengths[kernel.size() + 1] = out;
    return lengths;
  }

  /** Fan-in and fan-out: channels times receptive field. */
  public Fans fans() {
    return new Fans((double) in * receptiveField(), (double) out * receptiveField());
  }

  private static void require(long least, long value, String name) {
    if (value < least) {
      throw new IllegalArgumentException(
          "A weight shape needs %s of at least %d, not %d.".formatted(name, least, value));
    }
  }
}
