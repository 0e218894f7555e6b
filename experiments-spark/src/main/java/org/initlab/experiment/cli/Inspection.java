package org.initlab.experiment.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Remedy;
import org.initlab.init.model.Verdict;
import org.initlab.init.simulate.Measured;
import org.initlab.init.simulate.Simulation;

/**
 * What is told of an inspected model to people; {@link InspectionJson} tells machines.
 *
 * @param model the model
 * @param signals what is predicted, a row a layer
 * @param verdict on it
 * @param remedy what would mend it; empty if it is healthy
 * @param simulation what was measured; empty if nothing was
 */
record Inspection(
    Model model,
    List<LayerSignal> signals,
    Verdict verdict,
    Optional<Remedy> remedy,
    Optional<Simulation> simulation) {

  private static final int NAMES = 32;

  /** All of it, with a line a layer; at most 120 columns, unless shapes are very long. */
  String text() {
    StringBuilder out = new StringBuilder();
    line(out, "%s: %s", model.name(), model.format());
    line(out, "");
    out.append(layers().text());
    line(out, "");
    line(out, "Parameters: %,d", model.parameters());
    line(out, "Forward: by what a layer multiplies the mean square of the numbers that pass it.");
    line(out, "Backward: by what it multiplies the squared gradient on its way back.");
    line(out, "Both are predicted; 1 keeps, and 0.5 in each of 30 layers leaves a billionth.");
    model.notices().forEach(notice -> line(out, "Note: %s", notice));
    line(out, "");
    simulation.ifPresent(s -> measured(out, s));
    verdict(out);
    return out.toString();
  }

  private TextTable layers() {
    TextTable table =
        new TextTable(
            Set.of(0, 1, 5),
            "Layer (type)",
            "Output shape",
            "Parameters",
            "Fan-in",
            "Fan-out",
            "Initializer",
            "Forward",
            "Backward");
    for (LayerSignal signal : signals) {
      ModelLayer layer = signal.layer();
      List<Drawn> kernels = layer.kernels();
      for (int k = 0; k < Math.max(1, kernels.size()); k++) {
        Optional<Drawn> kernel = kernels.isEmpty() ? Optional.empty() : Optional.of(kernels.get(k));
        boolean told = k == 0 && changes(signal);
        table.row(
            k > 0 ? "  " + kernels.get(k).role() : cut(layer.name() + " (" + layer.type() + ")"),
            k > 0 ? "" : shape(layer),
            k > 0 ? "" : String.format(Locale.ROOT, "%,d", layer.parameters()),
            kernel.map(d -> TextTable.number(d.fans().in())).orElse(""),
            kernel.map(d -> TextTable.number(d.fans().out())).orElse(""),
            kernel.map(Drawn::initializer).orElse(""),
            told ? TextTable.number(signal.forward()) : "",
            told ? TextTable.number(signal.backward()) : "");
      }
    }
    return table;
  }

  private void measured(StringBuilder out, Simulation simulation) {
    line(
        out,
        "Measured: %d draws of all weights, %d random examples each; ± is the standard error.",
        simulation.draws(),
        simulation.batch());
    TextTable table =
        new TextTable(
            Set.of(0, 7), "Layer", "Forward", "measured", "±", "Backward", "measured", "±", "Held");
    int held = 0;
    int compared = 0;
    for (Measured layer : simulation.layers()) {
      LayerSignal predicted = layer.predicted();
      if (!changes(predicted)) {
        continue;
      }
      compared++;
      boolean both = layer.forwardHolds() && layer.backwardHolds();
      held += both ? 1 : 0;
      table.row(
          cut(predicted.layer().name()),
          TextTable.number(predicted.forward()),
          TextTable.number(layer.measured().forward()),
          rough(layer.forwardError()),
          TextTable.number(predicted.backward()),
          TextTable.number(layer.measured().backward()),
          rough(layer.backwardError()),
          both
              ? "yes"
              : layer.forwardHolds() ? "backward no" : layer.backwardHolds() ? "forward no" : "no");
    }
    out.append(table.text());
    line(out, "");
    line(
        out,
        "The prediction held in %d of %d layers (within 10 %% and 4 standard errors).",
        held,
        compared);
    if (signals.stream().anyMatch(s -> s.layer().effect() instanceof Effect.Recurrent)) {
      line(out, "Recurrent layers are not measured; behind each the signal starts anew.");
    }
    Verdict seen = Verdict.of(simulation.signals());
    line(out, "As measured, it is %s.", seen.healthy() ? "healthy" : "unhealthy: " + says(seen));
    line(out, "");
  }

  private void verdict(StringBuilder out) {
    if (verdict.healthy() && verdict.layers() < 2) {
      line(out, "HEALTHY: fewer than two hidden layers with kernels; nothing can pile up.");
      return;
    }
    line(
        out,
        "%s",
        verdict.healthy()
            ? verdict.gradient() > Verdict.TOLERATED
                ? "HEALTHY: the gradient grows, which training bears where every kernel is normalized."
                : "HEALTHY: signal and gradient keep their size."
            : "UNHEALTHY: " + says(verdict) + ".");
    verdict.findings().forEach(finding -> line(out, "  %s", means(finding)));
    line(
        out,
        "From %s to %s, %d layers with kernels:",
        verdict.first(),
        verdict.last(),
        verdict.layers());
    ratios(out, verdict);
    if (remedy.isPresent()) {
      Verdict with = remedy.get().verdict();
      line(
          out,
          "Maybe %s for the hidden kernels%s:",
          remedy.get().initializer(),
          with.healthy() ? ", which mends it" : ", which is better and not enough");
      line(out, "  %s", remedy.get().code());
      ratios(out, with);
      if (!with.healthy()) {
        line(
            out,
            "Another activation (ReLU with he_normal), normalization or branches may do more.");
      }
    } else if (!verdict.healthy()) {
      line(out, "No initializer of the catalogue mends it; normalization or branches may.");
    }
  }

  /** The findings and where each begins. */
  private static String says(Verdict verdict) {
    StringBuilder says = new StringBuilder();
    for (int i = 0; i < verdict.findings().size(); i++) {
      says.append(i == 0 ? "" : "; ")
          .append(verdict.findings().get(i).says())
          .append(" (from ")
          .append(verdict.places().get(i))
          .append(" on)");
    }
    return says.toString();
  }

  private static String means(Verdict.Finding finding) {
    return switch (finding) {
      case SIGNAL_VANISHES -> "Deep layers hardly see what the data are.";
      case SIGNAL_EXPLODES ->
          "Outputs are huge before the first step; the loss will jump or overflow.";
      case GRADIENT_VANISHES -> "The first layers hardly learn.";
      case GRADIENT_EXPLODES ->
          "The first layers are thrown about by any learning rate that suits the last.";
      case UNITS_SATURATE -> "Most units sit where their activation is flat, and pass no gradient.";
      case CHAOS ->
          "Two inputs that are almost alike end up unlike, and steps of the first layers are too large.";
    };
  }

  private static void ratios(StringBuilder out, Verdict of) {
    line(out, "  signal    %s", ratio(of.signal(), of.perLayer(of.signal())));
    line(out, "  gradient  %s", ratio(of.gradient(), of.perLayer(of.gradient())));
  }

  private static String ratio(double ratio, double each) {
    return "x %s in root mean square, x %s a layer"
        .formatted(TextTable.number(ratio), TextTable.number(each));
  }

  /** Whether a layer does something to a signal that its factors tell. */
  static boolean changes(LayerSignal signal) {
    Effect effect = signal.layer().effect();
    if (effect instanceof Effect.Move) {
      return signal.forward() != 1;
    }
    return !(effect instanceof Effect.Input
        || effect instanceof Effect.Pass
        || effect instanceof Effect.Unknown
        || effect instanceof Effect.Lookup
        || effect instanceof Effect.Recurrent);
  }

  private static String cut(String title) {
    return title.length() <= NAMES ? title : title.substring(0, NAMES - 3) + "...";
  }

  private static String shape(ModelLayer layer) {
    return layer.shape().isEmpty()
        ? "not known"
        : layer.shape().stream()
            .map(n -> n < 0 ? "None" : n.toString())
            .collect(Collectors.joining(", ", "(None, ", ")"));
  }

  private static String rough(double error) {
    return String.format(Locale.ROOT, error < 0.001 ? "%.0e" : "%.2g", error);
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** For machines. */
  String json() {
    return InspectionJson.of(this);
  }
}
