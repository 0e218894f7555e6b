package org.initlab.init.layer;

import java.util.List;

/**
 * The sizes of a layer, as far as anybody counts them into a fan.
 *
 * @param in inputs: units, channels, words of a vocabulary, or features of an embedding; at least 1
 * @param out outputs: units, channels, hidden units, or features; at least 1
 * @param kernel spatial extents; empty where there are none
 * @param stride steps in each spatial dimension, which only Deeplearning4j counts; as many as
 *     kernel
 * @param groups blocks of channels that do not see each other, dividing in and out; at least 1
 */
public record Layer(long in, long out, List<Long> kernel, List<Long> stride, long groups) {

  public Layer {
    kernel = List.copyOf(kernel);
    stride = List.copyOf(stride);
    if (in < 1 || out < 1 || kernel.stream().anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException(
          "A layer's in, out and kernel must be at least 1, not %d, %d and %s."
              .formatted(in, out, kernel));
    }
    if (stride.size() != kernel.size() || stride.stream().anyMatch(s -> s < 1)) {
      throw new IllegalArgumentException(
          "A layer's stride must be as long as its kernel %s and at least 1, not %s."
              .formatted(kernel, stride));
    }
    if (groups < 1 || in % groups != 0 || out % groups != 0) {
      throw new IllegalArgumentException(
          "A layer's groups must divide in %d and out %d, not be %d.".formatted(in, out, groups));
    }
  }

  /** A layer without space: dense, recurrent, embedding, attention. */
  public static Layer flat(long in, long out) {
    return new Layer(in, out, List.of(), List.of(), 1);
  }

  /** A convolution that steps by one. */
  public static Layer convolution(long in, long out, Long... kernel) {
    return new Layer(in, out, List.of(kernel), List.of(kernel).stream().map(k -> 1L).toList(), 1);
  }

  /** The same layer with another step in every dimension. */
  public Layer stride(long step) {
    return new Layer(in, out, kernel, kernel.stream().map(k -> step).toList(), groups);
  }

  /** The same layer in this many blocks; as many as inputs make it depthwise. */
  public Layer groups(long blocks) {
    return new Layer(in, out, kernel, stride, blocks);
  }

  /** Kernel positions. */
  long field() {
    return kernel.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  /** Positions of the input that one position of the output stands for. */
  double step() {
    return stride.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }
}
