package org.initlab.init.simulate;

import java.util.List;
import org.initlab.init.model.Window;

/**
 * Where a window looks.
 *
 * @param places of the output
 * @param seen places of the input
 * @param taps of the window
 * @param from for place p and tap t, at p taps + t: a place of the input, or -1 outside of it
 */
@SuppressWarnings("ArrayRecordComponent")
record Taps(int places, int seen, int taps, int[] from) {

  /** One tap at every place. */
  static Taps straight(int places) {
    int[] from = new int[places];
    for (int p = 0; p < places; p++) {
      from[p] = p;
    }
    return new Taps(places, places, 1, from);
  }

  /** Those of a window between two spaces. */
  static Taps of(Window window, List<Long> in, List<Long> out) {
    int places = size(out);
    int taps = size(window.extent());
    int[] from = new int[Math.multiplyExact(places, taps)];
    int dimensions = in.size();
    long[] at = new long[dimensions];
    long[] tap = new long[dimensions];
    for (int p = 0; p < places; p++) {
      for (int t = 0; t < taps; t++) {
        int place = 0;
        for (int d = 0; d < dimensions && place >= 0; d++) {
          long there = window.place(d, at[d], tap[d]);
          boolean inside = there >= 0 && there < in.get(d);
          place = inside ? place * in.get(d).intValue() + (int) there : -1;
        }
        from[p * taps + t] = place;
        next(tap, window.extent());
      }
      next(at, out);
    }
    return new Taps(places, size(in), taps, from);
  }

  /** The product of lengths. */
  static int size(List<Long> lengths) {
    return Math.toIntExact(lengths.stream().reduce(1L, Math::multiplyExact));
  }

  /** The next index, the last dimension first; behind the end the first again. */
  static void next(long[] index, List<Long> lengths) {
    for (int d = index.length - 1; d >= 0; d--) {
      if (++index[d] < lengths.get(d)) {
        return;
      }
      index[d] = 0;
    }
  }
}
