package org.initlab.init.layer;

import static org.initlab.init.layer.Convention.DL4J;
import static org.initlab.init.layer.Convention.JAX;
import static org.initlab.init.layer.Convention.KERAS;
import static org.initlab.init.layer.Convention.PAPER;
import static org.initlab.init.layer.Convention.PYTORCH;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.initlab.init.Fans;

/**
 * The table of fans: a row a kind of kernel, a column a convention. k stands for the number of
 * kernel positions.
 *
 * <p>Source: Glorot and Bengio 2010, section 4.2.1, and He et al. 2015, section 2.2, for what fans
 * are. Each other column is what the framework's own layers were seen to hand to their
 * initializers: tests run Keras, PyTorch, Flax and Deeplearning4j and compare. A framework without
 * the layer has no entry.
 *
 * <p>A stride is in no fan but Deeplearning4j's.
 */
public enum Kernel {
  /** The kernel of a dense layer. */
  DENSE(same(l -> fans(l.in(), l.out()))),

  /** A convolution; Deeplearning4j takes that of one dimension for a square one. */
  CONVOLUTION(
      with(
          same(l -> fans(l.field() * l.in(), l.field() * l.out())),
          DL4J,
          l -> {
            boolean line = l.kernel().size() == 1;
            double field = line ? l.field() * l.field() : l.field();
            double step = line ? l.step() * l.step() : l.step();
            return fans(field * l.in(), field * l.out() / step);
          })),

  /** A convolution of groups: frameworks see the stored shape k, in / groups, out. */
  GROUPED_CONVOLUTION(
      without(
          with(
              same(l -> fans(l.field() * l.in() / l.groups(), l.field() * l.out())),
              PAPER,
              l -> fans(l.field() * l.in() / l.groups(), l.field() * l.out() / l.groups())),
          DL4J)),

  /** A convolution with as many groups as inputs: out / in outputs for each input. */
  DEPTHWISE_CONVOLUTION(
      Map.of(
          PAPER, l -> fans(l.field(), l.field() * l.out() / l.in()),
          KERAS, l -> fans(l.field() * l.in(), l.field() * l.out() / l.in()),
          PYTORCH, l -> fans(l.field(), l.field() * l.out()),
          JAX, l -> fans(l.field(), l.field() * l.out()),
          DL4J, l -> fans(l.field() * l.in(), l.field() * l.out() / l.in() / l.step()))),

  /** The second kernel of a separable convolution, of extent 1; in is what the first one made. */
  SEPARABLE_POINTWISE(with(same(l -> fans(l.in(), l.out())), DL4J, l -> fans(l.in(), l.in()))),

  /** A transposed convolution: Keras and PyTorch store k, out, in and in, out, k. */
  TRANSPOSED_CONVOLUTION(
      Map.of(
          PAPER, l -> fans(l.field() * l.in(), l.field() * l.out()),
          KERAS, l -> fans(l.field() * l.out(), l.field() * l.in()),
          PYTORCH, l -> fans(l.field() * l.out(), l.field() * l.in()),
          JAX, l -> fans(l.field() * l.in(), l.field() * l.out()),
          DL4J, l -> fans(l.field() * l.in(), l.field() * l.out() / l.step()))),

  /** A table of in words by out features, of which a word takes one row. */
  EMBEDDING(
      Map.of(
          PAPER, l -> fans(1, l.out()),
          KERAS, l -> fans(l.in(), l.out()),
          PYTORCH, l -> fans(l.out(), l.in()),
          JAX, l -> fans(l.out(), l.out()),
          DL4J, l -> fans(1, l.out()))),

  /** From inputs to the four gates of an LSTM of out hidden units. */
  LSTM(gates(4, Layer::in, true)),

  /** From hidden units to the four gates of an LSTM. */
  LSTM_RECURRENT(gates(4, Layer::out, true)),

  /** From inputs to the three gates of a GRU of out hidden units. */
  GRU(gates(3, Layer::in, false)),

  /** From hidden units to the three gates of a GRU. */
  GRU_RECURRENT(gates(3, Layer::out, false)),

  /** From inputs to the units of a simple recurrent layer. */
  SIMPLE_RECURRENT(same(l -> fans(l.in(), l.out()))),

  /** From the units of a simple recurrent layer to themselves. */
  SIMPLE_RECURRENT_RECURRENT(same(l -> fans(l.out(), l.out()))),

  /** From features to the queries of all heads; PyTorch stores queries, keys and values as one. */
  ATTENTION_QUERY(
      without(
          with(same(l -> fans(l.in(), l.out())), PYTORCH, l -> fans(l.in(), 3.0 * l.out())), DL4J));

  private final Map<Convention, Function<Layer, Fans>> columns;

  Kernel(Map<Convention, Function<Layer, Fans>> columns) {
    this.columns = Map.copyOf(columns);
  }

  /** The fans of this kernel in a layer; nothing where the framework has no such layer. */
  public Optional<Fans> fans(Layer layer, Convention convention) {
    return Optional.ofNullable(columns.get(convention)).map(f -> f.apply(layer));
  }

  /** The name in texts. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Fans fans(double in, double out) {
    return new Fans(in, out);
  }

  private static Map<Convention, Function<Layer, Fans>> same(Function<Layer, Fans> fans) {
    return Map.of(PAPER, fans, KERAS, fans, PYTORCH, fans, JAX, fans, DL4J, fans);
  }

  private static Map<Convention, Function<Layer, Fans>> with(
      Map<Convention, Function<Layer, Fans>> columns,
      Convention convention,
      Function<Layer, Fans> fans) {
    var changed = new EnumMap<>(columns);
    changed.put(convention, fans);
    return changed;
  }

  private static Map<Convention, Function<Layer, Fans>> without(
      Map<Convention, Function<Layer, Fans>> columns, Convention convention) {
    var changed = new EnumMap<>(columns);
    changed.remove(convention);
    return changed;
  }

  /** Keras and PyTorch store all gates side by side; Deeplearning4j counts (h, in + h) for both. */
  private static Map<Convention, Function<Layer, Fans>> gates(
      int gates, Function<Layer, Long> from, boolean dl4j) {
    Function<Layer, Fans> each = l -> fans(from.apply(l), l.out());
    Function<Layer, Fans> all = l -> fans(from.apply(l), (double) gates * l.out());
    Map<Convention, Function<Layer, Fans>> columns =
        Map.of(PAPER, each, KERAS, all, PYTORCH, all, JAX, each);
    return dl4j ? with(columns, DL4J, l -> fans(l.out(), l.in() + l.out())) : columns;
  }
}
