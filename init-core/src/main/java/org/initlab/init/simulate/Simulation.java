package org.initlab.init.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.Forecast;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.random.Key;

/**
 * A model, built and drawn several times: random numbers of mean 0 go through it, and random
 * gradients back.
 *
 * <p>Weights are drawn by the laws that the framework draws from, from our own streams; softmax and
 * what else is not in the table of activations passes its sums on. Behind a recurrent layer the
 * signal starts anew with mean square 1, as it does in the forecast.
 *
 * @param layers what was measured, in the order of the model
 * @param draws of all weights
 * @param batch examples in each draw
 */
public record Simulation(List<Measured> layers, int draws, int batch) {

  /** More examples make nothing better: the weights are what varies. */
  private static final int MOST_EXAMPLES = 64;

  /** Batch normalization needs two. */
  private static final int LEAST_EXAMPLES = 2;

  /** Multiplications a draw that some seconds allow, and numbers that some memory does. */
  private static final double WORK = 2e10;

  private static final double MEMORY = 2e7;

  /**
   * What nobody would wait for, or what no heap holds: a kernel, or the numbers of two examples.
   */
  private static final double MOST_WORK = 5e12;

  private static final double MOST_NUMBERS = 5e8;

  public Simulation {
    layers = List.copyOf(layers);
  }

  /**
   * Measures.
   *
   * @param inputSquare the mean square of the data's numbers, above 0
   * @param draws at least 2, so that there is an error
   * @throws ModelFileException if a shape is open, or the model too large
   */
  public static Simulation of(Model model, double inputSquare, int draws, Key key)
      throws ModelFileException {
    if (draws < 2) {
      throw new IllegalArgumentException("draws must be at least 2, not " + draws + ".");
    }
    List<LayerSignal> predicted = Forecast.of(model, inputSquare);
    int batch = examples(model);
    List<List<LayerSignal>> runs = new ArrayList<>();
    for (int d = 0; d < draws; d++) {
      runs.add(new Passage(model, inputSquare, batch, key.at("draw", d)).run());
    }
    List<Measured> layers = new ArrayList<>();
    for (int i = 0; i < predicted.size(); i++) {
      int layer = i;
      layers.add(of(predicted.get(i), runs.stream().map(run -> run.get(layer)).toList()));
    }
    return new Simulation(layers, draws, batch);
  }

  /** The layers' signals as measured, for a verdict. */
  public List<LayerSignal> signals() {
    return layers.stream().map(Measured::measured).toList();
  }

  private static Measured of(LayerSignal predicted, List<LayerSignal> runs) {
    LayerSignal means =
        new LayerSignal(
            predicted.layer(),
            geometric(runs, LayerSignal::length),
            geometric(runs, LayerSignal::square),
            mean(runs, LayerSignal::forward),
            mean(runs, LayerSignal::backward),
            geometric(runs, LayerSignal::gradient),
            mean(runs, LayerSignal::saturated));
    return new Measured(
        predicted, means, error(runs, LayerSignal::forward), error(runs, LayerSignal::backward));
  }

  private static double mean(List<LayerSignal> runs, ToDoubleFunction<LayerSignal> of) {
    return runs.stream().mapToDouble(of).sum() / runs.size();
  }

  private static double geometric(List<LayerSignal> runs, ToDoubleFunction<LayerSignal> of) {
    return Math.exp(
        runs.stream().mapToDouble(s -> Math.log(of.applyAsDouble(s))).sum() / runs.size());
  }

  private static double error(List<LayerSignal> runs, ToDoubleFunction<LayerSignal> of) {
    double mean = mean(runs, of);
    double squares = runs.stream().mapToDouble(s -> Math.pow(of.applyAsDouble(s) - mean, 2)).sum();
    return Math.sqrt(squares / (runs.size() - 1) / runs.size());
  }

  /** As many as time and memory allow; refused is what does not fit with two. */
  private static int examples(Model model) throws ModelFileException {
    double numbers = 0;
    double work = 0;
    for (ModelLayer layer : model.layers()) {
      requireShape(layer);
      numbers += 2 * layer.size();
      for (Drawn kernel : layer.kernels()) {
        if (layer.effect() instanceof Effect.Weighted) {
          work += 2 * kernel.gathers() * layer.size();
          requireFewer(layer, kernel.stored().size(), MOST_NUMBERS, "weights");
        }
      }
      requireFewer(layer, LEAST_EXAMPLES * numbers, MOST_NUMBERS, "numbers up to here");
      requireFewer(layer, LEAST_EXAMPLES * work, MOST_WORK, "multiplications up to here");
    }
    double most = Math.min(WORK / Math.max(1, work), MEMORY / Math.max(1, numbers));
    return (int) Math.max(LEAST_EXAMPLES, Math.min(MOST_EXAMPLES, most));
  }

  private static void requireShape(ModelLayer layer) throws ModelFileException {
    if (layer.size() < 1) {
      throw new ModelFileException(
          "layer %s: a model is measured with all its lengths, and the output %s of this layer has an open one. Maybe give --input-shape."
              .formatted(layer.name(), layer.shape()));
    }
  }

  private static void requireFewer(ModelLayer layer, double number, double most, String what)
      throws ModelFileException {
    if (number > most) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "layer %s: %.1e %s are too many to be measured; at most %.0e are.",
              layer.name(),
              number,
              what,
              most));
    }
  }
}
