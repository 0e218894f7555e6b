package org.initlab.init.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.initlab.init.Activation;

/**
 * What a model's initialization does to a signal on its way through, and to a gradient on its way
 * back, by mean-field theory.
 *
 * <p>Formula: a kernel of n weights a sum gives q = n Var(w) E[x^2] + Var(b), an activation E[f^2]
 * at q; back, the squared norm of the gradient is multiplied by n Var(w) and by E[f'^2]. A sum of
 * branches adds their mean squares and twice the product of their means. Batch normalization
 * divides by the variance over examples, which is q (1 - c) with c the correlation of two examples,
 * and the gradient by the same. Sources: Poole et al. 2016, equations 3 and 5; Schoenholz et al.
 * 2017, equation 12; Yang and Schoenholz 2017 for sums; Yang et al. 2019 for batch normalization.
 *
 * <p>It takes weights as independent of signals and of gradients, data as independent over examples
 * and places, and layers as wide. The largest of a window is that of equally correlated numbers,
 * and its gradient goes where an activation's slope is that of large sums ({@link Largest}). Taken
 * besides: the signal behind a recurrent layer has mean square 1.
 */
public final class Forecast {

  private final Model model;
  private final double inputSquare;
  private final Bends bends;
  private final Map<String, Crowd> crowds = new HashMap<>();
  private final Map<String, ModelLayer> byName = new HashMap<>();
  private final Map<String, Crowd> sums = new HashMap<>();
  private final Map<String, Double> divided = new HashMap<>();
  private final Map<String, Inflow> gradients = new HashMap<>();
  private final Map<String, Double> before = new HashMap<>();
  private final Map<String, Double> backward = new HashMap<>();

  private Forecast(Model model, double inputSquare, Bends bends) {
    this.model = model;
    this.inputSquare = inputSquare;
    this.bends = bends;
  }

  /**
   * The layers' signals, in the order of the model.
   *
   * @param inputSquare the mean square of the data's numbers, above 0
   */
  public static List<LayerSignal> of(Model model, double inputSquare) {
    return of(model, inputSquare, new Bends());
  }

  /** The slope below which a unit counts as saturated: a tenth of the largest within 8 of 0. */
  public static double flat(Activation f) {
    return Bends.flat(f);
  }

  static List<LayerSignal> of(Model model, double inputSquare, Bends bends) {
    if (!(inputSquare > 0) || Double.isInfinite(inputSquare)) {
      throw new IllegalArgumentException(
          "The mean square of the data must be a finite number above 0, not " + inputSquare + ".");
    }
    return new Forecast(model, inputSquare, bends).signals();
  }

  private List<LayerSignal> signals() {
    Set<String> taken = new HashSet<>();
    for (ModelLayer layer : model.layers()) {
      byName.put(layer.name(), layer);
      taken.addAll(layer.inputs());
      crowds.put(layer.name(), forward(layer));
    }
    for (ModelLayer layer : model.layers()) {
      gradients.put(layer.name(), taken.contains(layer.name()) ? new Inflow() : Inflow.plain(1.0));
    }
    for (int i = model.layers().size() - 1; i >= 0; i--) {
      back(model.layers().get(i));
    }
    List<LayerSignal> signals = new ArrayList<>();
    for (ModelLayer layer : model.layers()) {
      double q = sums.containsKey(layer.name()) ? sums.get(layer.name()).square() : Double.NaN;
      double square = crowds.get(layer.name()).square();
      Optional<Activation> f = layer.activation();
      signals.add(
          new LayerSignal(
              layer,
              q,
              square,
              layer.effect() instanceof Effect.Input ? 1 : square / input(layer).square(),
              backward.get(layer.name()),
              before.getOrDefault(layer.name(), Double.NaN),
              f.isEmpty() || Double.isNaN(q) ? 0 : Bends.saturated(f.get(), q)));
    }
    return signals;
  }

  /** The inputs taken together, each by its share of the numbers. */
  private Crowd input(ModelLayer layer) {
    Crowd together = new Crowd(0, 0, 0);
    for (String name : layer.inputs()) {
      together = together.beside(crowds.get(name).part(share(layer, name)));
    }
    return layer.inputs().isEmpty() ? Crowd.data(inputSquare) : together;
  }

  /** An input's share of all numbers that come in; the same for all if a shape is open. */
  private double share(ModelLayer layer, String name) {
    double all = 0;
    for (String input : layer.inputs()) {
      all += byName.get(input).size();
    }
    double own = byName.get(name).size();
    return own > 0 && all > 0 ? own / all : 1.0 / layer.inputs().size();
  }

  private Crowd forward(ModelLayer layer) {
    Crowd x = input(layer);
    Effect effect = layer.effect();
    if (effect instanceof Effect.Weighted weighted) {
      double gain = weighted.gain();
      double bias = weighted.biasVariance();
      Crowd here = new Crowd(x.square() * gain + bias, x.shared() * gain + bias, 0);
      sums.put(layer.name(), here);
      return weighted.activation().map(f -> bends.of(f, here)).orElse(here);
    }
    if (effect instanceof Effect.Lookup lookup) {
      return Crowd.data(lookup.table().variance());
    }
    if (effect instanceof Effect.Activate activate && activate.activation().isPresent()) {
      sums.put(layer.name(), x);
      return bends.of(activate.activation().get(), x);
    }
    if (effect instanceof Effect.Normalize normalize) {
      return normalized(layer, normalize, x);
    }
    if (effect instanceof Effect.Sum sum) {
      return layer.inputs().stream()
          .map(crowds::get)
          .reduce(Crowd::plus)
          .orElse(x)
          .times(sum.factor());
    }
    if (effect instanceof Effect.MaxPool pool && pool.window().size() > 1) {
      return largest(layer.inputs().get(0), pool.window().size());
    }
    if (effect instanceof Effect.AveragePool pool && pool.window().size() >= 1) {
      double alone = (x.square() - x.shared()) / pool.window().size();
      return new Crowd(x.shared() + alone, x.shared(), x.mean());
    }
    if (effect instanceof Effect.Move move && move.way() == Effect.Way.PAD) {
      return x.part(1 / growth(layer));
    }
    return effect instanceof Effect.Recurrent ? Crowd.data(1) : x;
  }

  /** Of n numbers of a layer; what bends normal sums is looked for behind what only passes them. */
  private Crowd largest(String name, double n) {
    ModelLayer layer = byName.get(name);
    Effect effect = layer.effect();
    if (layer.activation().isPresent()) {
      return bends.largest(layer.activation().get(), sums.get(name), n).crowd();
    }
    if (effect instanceof Effect.MaxPool pool && pool.window().size() >= 1) {
      return largest(layer.inputs().get(0), n * pool.window().size());
    }
    if (passes(effect)) {
      Crowd together = new Crowd(0, 0, 0);
      for (String input : layer.inputs()) {
        together = together.beside(largest(input, n).part(share(layer, input)));
      }
      return together;
    }
    return bends.largest(Activation.IDENTITY, crowds.get(name), n).crowd();
  }

  /** Whether each number that comes out is one that went in, or a zero of an edge. */
  private static boolean passes(Effect effect) {
    return effect instanceof Effect.Pass
        || effect instanceof Effect.Concatenate
        || effect instanceof Effect.Move move && move.way() != Effect.Way.REPEAT;
  }

  private Crowd normalized(ModelLayer layer, Effect.Normalize normalize, Crowd x) {
    boolean batch = normalize.over() == Effect.Over.BATCH;
    double common = batch ? x.shared() : x.mean() * x.mean();
    double rest = Math.max(0, x.square() - common);
    double factor = normalize.scale() / (rest + normalize.epsilon());
    divided.put(layer.name(), factor);
    double shared = batch ? 0 : Math.max(0, x.shared() - common);
    return new Crowd(rest * factor, shared * factor, 0);
  }

  /** Numbers that go out for one that comes in; 1 if a shape is open. */
  private double growth(ModelLayer layer) {
    double in = layer.inputs().isEmpty() ? 0 : byName.get(layer.inputs().get(0)).size();
    return in > 0 && layer.size() > 0 ? layer.size() / in : 1;
  }

  private void back(ModelLayer layer) {
    Inflow out = gradients.get(layer.name());
    Effect effect = layer.effect();
    double factor = factor(layer, out);
    backward.put(layer.name(), factor);
    Inflow in = passes(effect) ? out : Inflow.plain(out.total());
    if (effect instanceof Effect.MaxPool pool && pool.window().size() >= 1) {
      in = out.largestOf(pool.window().size());
    }
    boolean split = effect instanceof Effect.Concatenate;
    for (String input : layer.inputs()) {
      gradients.get(input).add(in, factor * (split ? share(layer, input) : 1));
    }
  }

  private double factor(ModelLayer layer, Inflow out) {
    Effect effect = layer.effect();
    Crowd here = sums.get(layer.name());
    double slope = layer.activation().map(f -> out.mean(n -> bends.slope(f, here, n))).orElse(1.0);
    if (effect instanceof Effect.Weighted weighted) {
      before.put(layer.name(), out.total() * slope);
      return slope * weighted.gain();
    }
    if (effect instanceof Effect.Normalize) {
      return divided.get(layer.name());
    }
    if (effect instanceof Effect.AveragePool pool && pool.window().size() >= 1) {
      return 1 / pool.window().size();
    }
    if (effect instanceof Effect.Sum sum) {
      return sum.factor() * sum.factor();
    }
    if (effect instanceof Effect.Move move && move.way() == Effect.Way.PAD) {
      return 1 / growth(layer);
    }
    return effect instanceof Effect.Lookup ? 0 : slope;
  }
}
