package org.initlab.init.model;

import java.util.List;

/**
 * How a kernel or a pool slides over space.
 *
 * @param extent taps in each dimension
 * @param stride steps of the output in each
 * @param dilation steps from tap to tap in each
 * @param before zeros in front of the input in each
 * @param channelsFirst whether the channels stand before the dimensions of space, and not behind
 */
public record Window(
    List<Long> extent,
    List<Long> stride,
    List<Long> dilation,
    List<Long> before,
    boolean channelsFirst) {

  public Window {
    extent = List.copyOf(extent);
    stride = List.copyOf(stride);
    dilation = List.copyOf(dilation);
    before = List.copyOf(before);
  }

  /** A window that takes all of its input at once; lengths may be open. */
  public static Window whole(List<Long> space, boolean channelsFirst) {
    List<Long> ones = space.stream().map(n -> 1L).toList();
    return new Window(space, ones, ones, space.stream().map(n -> 0L).toList(), channelsFirst);
  }

  /** Taps; NaN if an extent is open. */
  public double size() {
    return extent.stream().mapToDouble(k -> k < 1 ? Double.NaN : k).reduce(1, (a, b) -> a * b);
  }

  /** The place in the input that a tap sees from a place of the output; it may lie outside. */
  public long place(int dimension, long at, long tap) {
    return at * stride.get(dimension) + tap * dilation.get(dimension) - before.get(dimension);
  }

  /**
   * The share of taps that see the input and not the zeros around it; open lengths count as 1.
   *
   * @param in lengths of the input's space
   * @param out lengths of the output's
   */
  public double inside(List<Long> in, List<Long> out) {
    double share = 1;
    for (int d = 0; d < extent.size(); d++) {
      if (in.get(d) > 0 && out.get(d) > 0) {
        long hits = 0;
        for (long tap = 0; tap < extent.get(d); tap++) {
          hits += hits(d, tap, in.get(d), out.get(d));
        }
        share *= (double) hits / extent.get(d) / out.get(d);
      }
    }
    return share;
  }

  /** Places of the output, of {@code out}, from which a tap sees one of {@code in}. */
  private long hits(int d, long tap, long in, long out) {
    long shift = before.get(d) - tap * dilation.get(d);
    long first = Math.max(0, Math.floorDiv(shift + stride.get(d) - 1, stride.get(d)));
    long last = Math.min(out - 1, Math.floorDiv(in - 1 + shift, stride.get(d)));
    return Math.max(0, last - first + 1);
  }
}
