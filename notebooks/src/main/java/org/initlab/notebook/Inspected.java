package org.initlab.notebook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Model;
import org.initlab.init.model.Remedy;
import org.initlab.init.model.Verdict;

/**
 * A model with what is predicted of its layers.
 *
 * @param model as it was read
 * @param signals a row a layer
 */
public record Inspected(Model model, List<LayerSignal> signals) implements Shown.Self {

  /** Whether the model will train as it is initialized. */
  public Verdict verdict() {
    return Verdict.of(signals);
  }

  /** The initializer of the catalogue that does best; nothing if the model is healthy. */
  public Optional<Remedy> remedy() {
    return verdict().healthy() ? Optional.empty() : Remedy.best(model, 1);
  }

  /**
   * A row a layer: shape, parameters, fans, initializer, and its factors of signal and gradient.
   */
  public Table layers() {
    List<List<Object>> rows = new ArrayList<>();
    for (LayerSignal signal : signals) {
      Optional<Drawn> kernel = kernels(signal).stream().findFirst();
      rows.add(
          Arrays.asList(
              signal.layer().name(),
              signal.layer().type(),
              signal.layer().shape().toString(),
              signal.layer().parameters(),
              kernel.map(k -> k.fans().in()).orElse(null),
              kernel.map(k -> k.fans().out()).orElse(null),
              kernel.map(Drawn::initializer).orElse(""),
              signal.forward(),
              signal.backward()));
    }
    return new Table(
        List.of(
            "layer",
            "type",
            "output",
            "parameters",
            "fan_in",
            "fan_out",
            "initializer",
            "forward",
            "backward"),
        rows);
  }

  /** The predicted root mean square of each layer's outputs, and of gradients on the way back. */
  public Figure signals(String title) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < signals.size(); i++) {
      LayerSignal s = signals.get(i);
      if (kernels(s).isEmpty()) {
        continue;
      }
      rows.add(Arrays.asList(i, s.layer().name(), "signal", Math.sqrt(s.square())));
      rows.add(Arrays.asList(i, s.layer().name(), "gradient", Math.sqrt(s.gradient())));
    }
    Table table = new Table(List.of("layer", "name", "what", "size"), rows);
    return Figures.line(title, table, "layer", "size", "what").logarithmic("y");
  }

  private static List<Drawn> kernels(LayerSignal signal) {
    if (signal.layer().effect() instanceof Effect.Weighted weighted) {
      return weighted.kernels();
    }
    return signal.layer().effect() instanceof Effect.Recurrent recurrent
        ? recurrent.kernels()
        : List.of();
  }

  @Override
  public Shown shown() {
    Verdict verdict = verdict();
    String says =
        verdict.healthy()
            ? "HEALTHY: signal and gradient keep their size."
            : "UNHEALTHY: "
                + verdict.findings().stream()
                    .map(Verdict.Finding::says)
                    .collect(Collectors.joining("; "))
                + "."
                + remedy()
                    .map(r -> " Maybe " + r.initializer() + " for the hidden kernels.")
                    .orElse("");
    String head =
        String.format(
            Locale.ROOT,
            "%s, %s: %,d parameters",
            model.name(),
            model.format(),
            model.parameters());
    Shown table = layers().shown();
    return Shown.of(
        "<p><b>%s</b></p>%s<p>%s</p>"
            .formatted(Shown.escaped(head), table.html(), Shown.escaped(says)),
        head + "\n" + table.text() + "\n" + says);
  }
}
