package org.initlab.init.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.theory.CriticalLine;
import org.initlab.init.theory.CriticalPoint;

/**
 * Another initializer for all kernels but the last, and what is predicted with it.
 *
 * @param initializer its name in InitLab's table
 * @param verdict on the model with it
 */
public record Remedy(String initializer, Verdict verdict) {

  /** The variance of a kernel's weights by a rule; the activation is the one that it feeds. */
  @FunctionalInterface
  private interface Rule {
    double variance(Drawn kernel, Activation activation);
  }

  private record Candidate(String name, Rule rule) {}

  /** In the order of preference where two do alike. */
  private static List<Candidate> candidates() {
    Map<Activation, Double> critical = new EnumMap<>(Activation.class);
    return List.of(
        new Candidate("he_normal", (k, f) -> 2 / k.gathers()),
        new Candidate("lecun_normal", (k, f) -> 1 / k.gathers()),
        new Candidate("glorot_uniform", (k, f) -> 2 / (k.gathers() + k.spreads())),
        new Candidate(
            "critical", (k, f) -> critical.computeIfAbsent(f, Remedy::critical) / k.gathers()));
  }

  private static double critical(Activation f) {
    Optional<CriticalPoint> point =
        new CriticalLine(f).at(0).stream().filter(CriticalPoint::stable).findFirst();
    return point.map(p -> p.variances().weight()).orElse(Double.NaN);
  }

  /** What does best of the catalogue, the healthy ones first and the model's own left out. */
  public static Optional<Remedy> best(Model model, double inputSquare) {
    Bends bends = new Bends();
    return candidates().stream()
        .map(
            candidate ->
                new Remedy(
                    candidate.name(),
                    Verdict.of(Forecast.of(changed(model, candidate), inputSquare, bends))))
        .filter(remedy -> Double.isFinite(remedy.verdict.distance()))
        .min(
            Comparator.<Remedy, Integer>comparing(r -> r.verdict.findings().size())
                .thenComparing(r -> Math.rint(10 * r.verdict.distance())));
  }

  /** The layer's own activation, or that of the layer to which its sums go. */
  private static Activation into(Model model, ModelLayer layer, Effect.Weighted weighted) {
    Activation own = weighted.activation().orElse(Activation.IDENTITY);
    if (own != Activation.IDENTITY) {
      return own;
    }
    return model.layers().stream()
        .filter(other -> other.inputs().equals(List.of(layer.name())))
        .map(ModelLayer::effect)
        .filter(Effect.Activate.class::isInstance)
        .flatMap(effect -> ((Effect.Activate) effect).activation().stream())
        .findFirst()
        .orElse(own);
  }

  private static Model changed(Model model, Candidate candidate) {
    List<ModelLayer> kernels =
        model.layers().stream().filter(l -> l.effect() instanceof Effect.Weighted).toList();
    List<ModelLayer> layers = new ArrayList<>();
    for (ModelLayer layer : model.layers()) {
      boolean last = !kernels.isEmpty() && layer == kernels.get(kernels.size() - 1);
      if (layer.effect() instanceof Effect.Weighted weighted && !last) {
        Activation f = into(model, layer, weighted);
        layers.add(
            layer.with(
                new Effect.Weighted(
                    weighted.kernels().stream()
                        .map(k -> k.with(candidate.name(), candidate.rule().variance(k, f)))
                        .toList(),
                    weighted.biasVariance(),
                    weighted.activation())));
      } else {
        layers.add(layer);
      }
    }
    return new Model(model.name(), model.format(), layers, model.notices());
  }
}
