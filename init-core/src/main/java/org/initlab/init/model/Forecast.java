package org.initlab.init.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.init.Activation;

/**
 * What a model's initialization does to a signal on its way through, and to a gradient on its way
 * back, by mean-field theory.
 *
 * <p>Formula: a kernel of n weights a sum gives q = n Var(w) E[x^2] + Var(b), an activation E[f^2]
 * at q; back, the squared norm of the gradient is multiplied by n Var(w) and by E[f'^2]. Sums of
 * branches add their mean squares; a normalization gives mean square 1 and divides the gradient by
 * what it divided the signal by. Sources: Poole et al. 2016, equations 3 and 5; Schoenholz et al.
 * 2017, equation 12; Yang and Schoenholz 2017 for sums.
 *
 * <p>It takes weights as independent of signals and of gradients, and inputs of a sum as
 * independent: it is exact for wide layers. Taken besides: a maximum keeps the mean square, a mean
 * over places too, and the signal behind a recurrent layer has mean square 1.
 */
public final class Forecast {

  private final Model model;
  private final double inputSquare;
  private final Bends bends;
  private final Map<String, Double> squares = new HashMap<>();
  private final Map<String, Double> lengths = new HashMap<>();
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

  static List<LayerSignal> of(Model model, double inputSquare, Bends bends) {
    if (!(inputSquare > 0) || Double.isInfinite(inputSquare)) {
      throw new IllegalArgumentException(
          "The mean square of the data must be a finite number above 0, not " + inputSquare + ".");
    }
    Forecast forecast = new Forecast(model, inputSquare, bends);
    return forecast.signals();
  }

  private List<LayerSignal> signals() {
    model.layers().forEach(this::forward);
    for (ModelLayer layer : model.layers()) {
      boolean last =
          model.layers().stream().noneMatch(other -> other.inputs().contains(layer.name()));
      gradients.put(layer.name(), last ? 1.0 : 0.0);
    }
    for (int i = model.layers().size() - 1; i >= 0; i--) {
      back(model.layers().get(i));
    }
    List<LayerSignal> signals = new ArrayList<>();
    for (ModelLayer layer : model.layers()) {
      double q = lengths.getOrDefault(layer.name(), Double.NaN);
      double square = squares.get(layer.name());
      signals.add(
          new LayerSignal(
              layer,
              q,
              square,
              layer.inputs().isEmpty() ? 1 : square / input(layer),
              backward.get(layer.name()),
              before.getOrDefault(layer.name(), Double.NaN),
              bend(layer) == null || Double.isNaN(q) ? 0 : Bends.saturated(bend(layer), q)));
    }
    return signals;
  }

  /** The mean of the inputs' mean squares. */
  private double input(ModelLayer layer) {
    return layer.inputs().stream().mapToDouble(squares::get).average().orElse(inputSquare);
  }

  private static Activation bend(ModelLayer layer) {
    if (layer.effect() instanceof Effect.Weighted weighted) {
      return weighted.activation().orElse(null);
    }
    if (layer.effect() instanceof Effect.Activate activate) {
      return activate.activation().orElse(null);
    }
    return null;
  }

  private void forward(ModelLayer layer) {
    double x = input(layer);
    Effect effect = layer.effect();
    double square = x;
    if (effect instanceof Effect.Input) {
      square = inputSquare;
    } else if (effect instanceof Effect.Weighted weighted) {
      double q = x * gain(weighted) + weighted.biasVariance();
      lengths.put(layer.name(), q);
      square = weighted.activation().map(f -> bends.square(f, q)).orElse(q);
    } else if (effect instanceof Effect.Lookup lookup) {
      square = lookup.table().variance();
    } else if (effect instanceof Effect.Activate activate && activate.activation().isPresent()) {
      lengths.put(layer.name(), x);
      square = bends.square(activate.activation().get(), x);
    } else if (effect instanceof Effect.Normalize || effect instanceof Effect.Recurrent) {
      square = 1;
    } else if (effect instanceof Effect.Sum sum) {
      square = x * layer.inputs().size() * sum.factor() * sum.factor();
    }
    squares.put(layer.name(), square);
  }

  /** The product of n Var(w) over a layer's kernels. */
  private static double gain(Effect.Weighted weighted) {
    return weighted.kernels().stream()
        .mapToDouble(kernel -> kernel.gathers() * kernel.variance())
        .reduce(1, (a, b) -> a * b);
  }

  private void back(ModelLayer layer) {
    double out = gradients.get(layer.name());
    Effect effect = layer.effect();
    double factor = 1;
    if (effect instanceof Effect.Weighted weighted) {
      double q = lengths.get(layer.name());
      double slope = weighted.activation().map(f -> bends.slopeSquare(f, q)).orElse(1.0);
      before.put(layer.name(), out * slope);
      factor = slope * gain(weighted);
    } else if (effect instanceof Effect.Activate activate && activate.activation().isPresent()) {
      factor = bends.slopeSquare(activate.activation().get(), lengths.get(layer.name()));
    } else if (effect instanceof Effect.Normalize) {
      factor = 1 / input(layer);
    } else if (effect instanceof Effect.AveragePool pool && pool.window() > 0) {
      factor = 1 / pool.window();
    } else if (effect instanceof Effect.Sum sum) {
      factor = sum.factor() * sum.factor();
    } else if (effect instanceof Effect.Lookup) {
      factor = 0;
    }
    backward.put(layer.name(), factor);
    for (String input : layer.inputs()) {
      gradients.merge(input, out * factor, Double::sum);
    }
  }
}
