package org.initlab.init.simulate;

import java.util.ArrayList;
import java.util.List;
import org.initlab.init.model.Effect;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Sizes;
import org.initlab.init.model.Window;

/** The table of steps: from what a layer does to the step that does it. */
final class Steps {

  private Steps() {}

  /** A fresh step for a layer behind inputs of these shapes. */
  static Step of(ModelLayer layer, List<List<Long>> inputs, double inputSquare, int batch) {
    Effect effect = layer.effect();
    List<Long> out = layer.shape();
    int size = Math.multiplyExact(batch, Taps.size(out));
    if (effect instanceof Effect.Input) {
      return new PlainSteps.Start(size, inputSquare);
    }
    List<Long> in = inputs.get(0);
    if (effect instanceof Effect.Weighted weighted) {
      return new WeightedStep(layer.name(), weighted, batch, in, out);
    }
    if (effect instanceof Effect.Lookup lookup) {
      return new LookupStep(layer.name(), lookup.table(), batch, out);
    }
    if (effect instanceof Effect.Recurrent) {
      return new PlainSteps.Start(size, 1);
    }
    if (effect instanceof Effect.Activate activate) {
      return new PlainSteps.Activate(activate.activation());
    }
    if (effect instanceof Effect.Normalize normalize) {
      return new NormalizeStep(normalize, out, batch);
    }
    if (effect instanceof Effect.Sum sum) {
      return new PlainSteps.Sum(sum.factor(), batch, Taps.size(out));
    }
    if (effect instanceof Effect.Concatenate concatenate) {
      return new PlainSteps.Concatenate(batch * Taps.size(out.subList(0, concatenate.axis())));
    }
    if (effect instanceof Effect.MaxPool pool) {
      return pool(pool.window(), true, in, out, batch);
    }
    if (effect instanceof Effect.AveragePool pool) {
      return pool(pool.window(), false, in, out, batch);
    }
    if (effect instanceof Effect.Move move) {
      return new PlainSteps.Move(batch, Taps.size(in), places(move, in, out));
    }
    return new PlainSteps.Pass();
  }

  /** A pool over everything leaves the channels alone, or with lengths of one. */
  private static Step pool(
      Window window, boolean largest, List<Long> in, List<Long> out, int batch) {
    boolean first = window.channelsFirst();
    List<Long> space = Sizes.space(in, first);
    List<Long> places =
        out.size() == in.size() ? Sizes.space(out, first) : space.stream().map(n -> 1L).toList();
    Taps taps = Taps.of(window, space, places);
    int channels = Math.toIntExact(Sizes.channels(in, first));
    return new PoolStep(taps, batch, channels, first, largest);
  }

  private static int[] places(Effect.Move move, List<Long> given, List<Long> out) {
    // A vector that is repeated becomes a row of its copies.
    List<Long> in = new ArrayList<>(given);
    while (in.size() < out.size()) {
      in.add(0, 1L);
    }
    int[] from = new int[Taps.size(out)];
    long[] at = new long[out.size()];
    for (int i = 0; i < from.length; i++) {
      long place = 0;
      for (int d = 0; d < in.size() && place >= 0; d++) {
        long there = there(move, at, d);
        place = there < 0 || there >= in.get(d) ? -1 : place * in.get(d) + there;
      }
      from[i] = (int) place;
      Taps.next(at, out);
    }
    return from;
  }

  /** The index along the input's axis d of what stands at an index of the output. */
  private static long there(Effect.Move move, long[] at, int d) {
    return switch (move.way()) {
      case PAD -> at[d] - move.by().get(d);
      case CROP -> at[d] + move.by().get(d);
      case REPEAT -> at[d] / move.by().get(d);
      case PERMUTE -> at[move.by().indexOf((long) d)];
    };
  }
}
