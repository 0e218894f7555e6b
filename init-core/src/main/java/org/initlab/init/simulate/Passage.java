package org.initlab.init.simulate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.initlab.init.model.Effect;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.random.Key;

/** One draw of a model's weights: numbers through it and gradients back. */
final class Passage {

  private final Model model;
  private final double inputSquare;
  private final int batch;
  private final Key key;
  private final Map<String, Step> steps = new HashMap<>();
  private final Map<String, ModelLayer> byName = new HashMap<>();
  private final Map<String, Integer> takers = new HashMap<>();
  private final Map<String, Integer> allTakers;
  private final Map<String, Double> squares = new HashMap<>();
  private final Map<String, float[]> waiting = new HashMap<>();
  private final Map<String, Double> ratios = new HashMap<>();

  Passage(Model model, double inputSquare, int batch, Key key) {
    this.model = model;
    this.inputSquare = inputSquare;
    this.batch = batch;
    this.key = key;
    for (ModelLayer layer : model.layers()) {
      byName.put(layer.name(), layer);
      layer.inputs().forEach(input -> takers.merge(input, 1, Integer::sum));
    }
    allTakers = Map.copyOf(takers);
  }

  /** What is measured of each layer. */
  List<LayerSignal> run() throws ModelFileException {
    for (ModelLayer layer : model.layers()) {
      guarded(layer, () -> forward(layer));
    }
    waiting.clear();
    for (int i = model.layers().size() - 1; i >= 0; i--) {
      ModelLayer layer = model.layers().get(i);
      guarded(layer, () -> backward(layer));
    }
    List<LayerSignal> signals = new ArrayList<>();
    for (ModelLayer layer : model.layers()) {
      Step step = steps.get(layer.name());
      double square = squares.get(layer.name());
      boolean open = layer.effect() instanceof Effect.Recurrent;
      signals.add(
          new LayerSignal(
              layer,
              step.length(),
              square,
              open ? Double.NaN : layer.inputs().isEmpty() ? 1 : square / input(layer),
              open ? Double.NaN : ratios.get(layer.name()),
              step.gradientAtSums(),
              step.saturated()));
    }
    return signals;
  }

  private static void guarded(ModelLayer layer, Runnable work) throws ModelFileException {
    try {
      work.run();
    } catch (ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new ModelFileException(
          "layer %s: it cannot be measured: %s".formatted(layer.name(), e.getMessage()));
    }
  }

  /** The mean square of all numbers that come in. */
  private double input(ModelLayer layer) {
    double sum = 0;
    double all = 0;
    for (String name : layer.inputs()) {
      double size = byName.get(name).size();
      sum += size * squares.get(name);
      all += size;
    }
    return sum / all;
  }

  private void forward(ModelLayer layer) {
    List<List<Long>> shapes =
        layer.inputs().stream().map(name -> byName.get(name).shape()).toList();
    Step step = Steps.of(layer, shapes, inputSquare, batch);
    steps.put(layer.name(), step);
    List<float[]> inputs = layer.inputs().stream().map(waiting::get).toList();
    float[] y = step.forward(inputs, key.at(layer.name()));
    squares.put(layer.name(), Numbers.meanSquare(y));
    waiting.put(layer.name(), y);
    for (String input : layer.inputs()) {
      if (takers.merge(input, -1, Integer::sum) == 0) {
        waiting.remove(input);
      }
    }
  }

  private void backward(ModelLayer layer) {
    int size = batch * (int) layer.size();
    float[] gradient = waiting.remove(layer.name());
    if (gradient == null) {
      gradient = Numbers.normal(key.at(layer.name()).at("gradient"), 1.0 / size, size);
    }
    List<float[]> gradients = steps.get(layer.name()).backward(gradient);
    double norm = 0;
    for (int i = 0; i < layer.inputs().size(); i++) {
      norm += Numbers.squares(gradients.get(i));
      add(layer.inputs().get(i), gradients.get(i));
    }
    boolean each = layer.effect() instanceof Effect.Sum;
    double inputs = each ? layer.inputs().size() : 1;
    ratios.put(
        layer.name(),
        layer.inputs().isEmpty() ? Double.NaN : norm / inputs / Numbers.squares(gradient));
  }

  private void add(String name, float[] gradient) {
    float[] before = waiting.get(name);
    if (before == null) {
      // A sum gives the same array to all its inputs.
      waiting.put(name, allTakers.get(name) > 1 ? gradient.clone() : gradient);
      return;
    }
    for (int i = 0; i < gradient.length; i++) {
      before[i] += gradient[i];
    }
  }
}
