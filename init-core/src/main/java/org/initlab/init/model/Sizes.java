package org.initlab.init.model;

import java.util.ArrayList;
import java.util.List;

/** Lengths of outputs from lengths of inputs; -1 is a length that is open. */
public final class Sizes {

  private Sizes() {}

  /** Positions of a window of extent k, thinned by d, that steps by s over n with padding p. */
  public static long window(long n, long k, long s, long d, long padding) {
    return n < 0 ? -1 : Math.floorDiv(n + padding - d * (k - 1) - 1, s) + 1;
  }

  /** Positions of a window that steps by s over n and may look over both edges. */
  public static long same(long n, long s) {
    return n < 0 ? -1 : -Math.floorDiv(-n, s);
  }

  /** Zeros in front that make {@link #same} of n; half of all, the smaller half. */
  public static long beforeSame(long n, long k, long s, long d) {
    long all = (same(n, s) - 1) * s + d * (k - 1) + 1 - n;
    return n < 0 ? 0 : Math.max(0, all) / 2;
  }

  /**
   * The product; -1 if a length is open.
   *
   * @throws ArithmeticException beyond 2^63
   */
  public static long product(List<Long> lengths) {
    long product = 1;
    for (long length : lengths) {
      product = length < 0 || product < 0 ? -1 : Math.multiplyExact(product, length);
    }
    return product;
  }

  /** The lengths without the channels, which stand first or last. */
  public static List<Long> space(List<Long> shape, boolean channelsFirst) {
    return channelsFirst ? shape.subList(1, shape.size()) : shape.subList(0, shape.size() - 1);
  }

  /** The channels. */
  public static long channels(List<Long> shape, boolean channelsFirst) {
    return shape.get(channelsFirst ? 0 : shape.size() - 1);
  }

  /** Space and channels. */
  public static List<Long> shape(List<Long> space, long channels, boolean channelsFirst) {
    List<Long> shape = new ArrayList<>(space);
    shape.add(channelsFirst ? 0 : shape.size(), channels);
    return shape;
  }
}
