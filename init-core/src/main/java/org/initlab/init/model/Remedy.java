package org.initlab.init.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.initlab.init.Activation;
import org.initlab.init.theory.CriticalLine;
import org.initlab.init.theory.CriticalPoint;

/**
 * Another initializer for all kernels but the last, and what is predicted with it.
 *
 * @param initializer its name in InitLab's table
 * @param code what to write in the model's own framework
 * @param verdict on the model with it
 */
public record Remedy(String initializer, String code, Verdict verdict) {

  /** The variance of a kernel's weights by a rule; the activation is the one that it feeds. */
  @FunctionalInterface
  private interface Rule {
    double variance(Drawn kernel, Activation activation);
  }

  private record Candidate(String name, String keras, String dl4j, Rule rule) {}

  private static final Map<Activation, Double> CRITICAL = new EnumMap<>(Activation.class);

  /** In the order of preference where two do alike; fans are those of the model's framework. */
  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate(
              "he_normal",
              "kernel_initializer='he_normal'",
              ".weightInit(WeightInit.RELU)",
              (k, f) -> 2 / k.fans().in()),
          new Candidate(
              "lecun_normal",
              "kernel_initializer='lecun_normal'",
              ".weightInit(WeightInit.LECUN_NORMAL)",
              (k, f) -> 1 / k.fans().in()),
          new Candidate(
              "glorot_uniform",
              "kernel_initializer='glorot_uniform'",
              ".weightInit(WeightInit.XAVIER_UNIFORM)",
              (k, f) -> 2 / (k.fans().in() + k.fans().out())),
          new Candidate(
              "critical",
              "kernel_initializer=keras.initializers.RandomNormal(stddev=(GAIN / n)**0.5)",
              ".weightInit(new NormalDistribution(0, Math.sqrt(GAIN / n)))",
              (k, f) -> critical(f) / k.into()));

  private static synchronized double critical(Activation f) {
    return CRITICAL.computeIfAbsent(
        f,
        a -> {
          Optional<CriticalPoint> point =
              new CriticalLine(a).at(0).stream().filter(CriticalPoint::stable).findFirst();
          return point.map(p -> p.variances().weight()).orElse(Double.NaN);
        });
  }

  /** What does best of the catalogue, the healthy ones first. */
  public static Optional<Remedy> best(Model model, double inputSquare) {
    Bends bends = new Bends();
    return CANDIDATES.stream()
        .map(
            candidate ->
                new Remedy(
                    candidate.name(),
                    code(model, candidate),
                    Verdict.of(Forecast.of(changed(model, candidate), inputSquare, bends))))
        .filter(remedy -> Double.isFinite(remedy.verdict.distance()))
        .min(
            Comparator.<Remedy, Integer>comparing(r -> r.verdict.findings().size())
                .thenComparing(r -> Math.rint(10 * r.verdict.distance())));
  }

  private static String code(Model model, Candidate candidate) {
    boolean keras = model.format().startsWith("Keras");
    String code = keras ? candidate.keras() : candidate.dl4j();
    if (!code.contains("GAIN")) {
      return code;
    }
    Set<String> gains = new TreeSet<>();
    for (ModelLayer layer : hidden(model)) {
      Activation f = into(model, layer);
      gains.add(String.format(Locale.ROOT, "%.6g for %s", critical(f), f.title()));
    }
    boolean one = gains.size() == 1;
    String gain = one ? gains.iterator().next().replaceFirst(" .*", "") : "gain";
    return code.replace("GAIN", gain)
        + " with n the weights into one output"
        + (one ? "" : " and a gain of " + String.join(", ", gains));
  }

  /** The layer's own activation, or that of the layer to which its sums go. */
  private static Activation into(Model model, ModelLayer layer) {
    Activation own = layer.activation().orElse(Activation.IDENTITY);
    if (own != Activation.IDENTITY) {
      return own;
    }
    return model.layers().stream()
        .filter(other -> other.inputs().equals(List.of(layer.name())))
        .filter(other -> other.effect() instanceof Effect.Activate)
        .flatMap(other -> other.activation().stream())
        .findFirst()
        .orElse(own);
  }

  /** All layers with kernels but the last. */
  private static List<ModelLayer> hidden(Model model) {
    List<ModelLayer> kernels =
        model.layers().stream().filter(l -> l.effect() instanceof Effect.Weighted).toList();
    return kernels.isEmpty() ? kernels : kernels.subList(0, kernels.size() - 1);
  }

  private static Model changed(Model model, Candidate candidate) {
    Set<ModelLayer> hidden = Set.copyOf(hidden(model));
    List<ModelLayer> layers = new ArrayList<>();
    for (ModelLayer layer : model.layers()) {
      if (layer.effect() instanceof Effect.Weighted weighted && hidden.contains(layer)) {
        Activation f = into(model, layer);
        layers.add(
            layer.with(
                weighted.with(
                    weighted.kernels().stream()
                        .map(k -> k.with(candidate.name(), variance(candidate, k, f)))
                        .toList())));
      } else {
        layers.add(layer);
      }
    }
    return new Model(model.name(), model.format(), layers, model.notices());
  }

  /** An activation without a critical point has no such variance, and no remedy by it. */
  private static double variance(Candidate candidate, Drawn kernel, Activation f) {
    double variance = candidate.rule().variance(kernel, f);
    return Double.isFinite(variance) ? variance : 0;
  }
}
