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
 * and places, and layers as wide. Taken besides: a maximum keeps the mean square (which is right
 * for a window of equal numbers, and too little for others), and the signal behind a recurrent
 * layer has mean square 1.
 */
public final class Forecast {

  private final Model model;
  private final double inputSquare;
  private final Bends bends;
  private final Map<String, Crowd> crowds = new HashMap<>();
  private final Map<String, ModelLayer> byName = new HashMap<>();
  private final Map<String, Crowd> sums = new HashMap<>();
  private final Map<String, Double> divided = new HashMap<>();
  private final Map<String, Double> gradients = new HashMap<>();
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
    model.layers().forEach(l -> gradients.put(l.name(), taken.contains(l.name()) ? 0.0 : 1.0));
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
    if (effect instanceof Effect.AveragePool pool && pool.window().size() >= 1) {
      double alone = (x.square() - x.shared()) / pool.window().size();
      return new Crowd(x.shared() + alone, x.shared(), x.mean());
    }
    if (effect instanceof Effect.Move move && move.way() == Effect.Way.PAD) {
      return x.part(1 / growth(layer));
    }
    return effect instanceof Effect.Recurrent ? Crowd.data(1) : x;
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
    double out = gradients.get(layer.name());
    Effect effect = layer.effect();
    double factor = 1;
    if (effect instanceof Effect.Weighted weighted) {
      Crowd here = sums.get(layer.name());
      double slope = weighted.activation().map(f -> bends.slopeSquare(f, here)).orElse(1.0);
      before.put(layer.name(), out * slope);
      factor = slope * weighted.gain();
    } else if (effect instanceof Effect.Activate activate && activate.activation().isPresent()) {
      factor = bends.slopeSquare(activate.activation().get(), sums.get(layer.name()));
    } else if (effect instanceof Effect.Normalize) {
      factor = divided.get(layer.name());
    } else if (effect instanceof Effect.AveragePool pool && pool.window().size() >= 1) {
      factor = 1 / pool.window().size();
    } else if (effect instanceof Effect.Sum sum) {
      factor = sum.factor() * sum.factor();
    } else if (effect instanceof Effect.Move move && move.way() == Effect.Way.PAD) {
      factor = 1 / growth(layer);
    } else if (effect instanceof Effect.Lookup) {
      factor = 0;
    }
    backward.put(layer.name(), factor);
    boolean split = effect instanceof Effect.Concatenate;
    for (String input : layer.inputs()) {
      double part = split ? share(layer, input) : 1;
      gradients.merge(input, out * factor * part, Double::sum);
    }
  }
}
