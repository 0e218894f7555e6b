package org.initlab.init.keras;

import java.util.ArrayList;
import java.util.List;

/** Lengths of outputs from lengths of inputs; -1 is a length that is open. */
final class Sizes {

  private Sizes() {}

  /** Positions of a window of extent k, thinned by d, that steps by s over n of them. */
  static long window(long n, long k, long s, long d, String padding) {
    if (n < 0) {
      return -1;
    }
    return padding.equals("valid")
        ? Math.floorDiv(n - d * (k - 1) - 1, s) + 1
        : -Math.floorDiv(-n, s);
  }

  /** Positions that a transposed convolution makes of n. */
  static long unwound(long n, long k, long s, String padding) {
    if (n < 0) {
      return -1;
    }
    return padding.equals("valid") ? n * s + Math.max(k - s, 0) : n * s;
  }

  /** The product; -1 if a length is open. */
  static long product(List<Long> lengths) {
    long product = 1;
    for (long length : lengths) {
      product = length < 0 || product < 0 ? -1 : product * length;
    }
    return product;
  }

  /** The lengths without the channels, which stand first or last. */
  static List<Long> space(List<Long> shape, boolean channelsFirst) {
    return channelsFirst ? shape.subList(1, shape.size()) : shape.subList(0, shape.size() - 1);
  }

  static long channels(List<Long> shape, boolean channelsFirst) {
    return shape.get(channelsFirst ? 0 : shape.size() - 1);
  }

  static List<Long> shape(List<Long> space, long channels, boolean channelsFirst) {
    List<Long> shape = new ArrayList<>(space);
    shape.add(channelsFirst ? 0 : shape.size(), channels);
    return shape;
  }
}
