package org.initlab.experiment.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.initlab.init.model.Drawn;
import org.initlab.init.model.Effect;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Remedy;
import org.initlab.init.model.Verdict;

/**
 * What is told of an inspected model.
 *
 * @param model the model
 * @param signals what is predicted, a row a layer
 * @param verdict on it
 * @param remedy what would mend it; empty if it is healthy
 */
record Inspection(
    Model model, List<LayerSignal> signals, Verdict verdict, Optional<Remedy> remedy) {

  private static final List<String> HEADINGS =
      List.of(
          "Layer (type)",
          "Output shape",
          "Parameters",
          "Fan-in",
          "Fan-out",
          "Initializer",
          "Forward",
          "Backward");

  private static final int NAMES = 36;

  /** For people, with a line a layer. */
  String text() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    signals.forEach(signal -> rows.addAll(rows(signal)));
    StringBuilder out = new StringBuilder();
    line(out, "%s: %s", model.name(), model.format());
    line(out, "");
    table(out, rows);
    line(out, "");
    line(out, "Parameters: %,d", model.parameters());
    line(out, "Forward: mean square of a layer's outputs over that of its inputs, predicted.");
    line(out, "Backward: squared norm of the gradient, by the inputs over by the outputs.");
    model.notices().forEach(notice -> line(out, "Note: %s", notice));
    line(out, "");
    verdict(out);
    return out.toString();
  }

  private void verdict(StringBuilder out) {
    if (verdict.layers() < 2) {
      line(out, "HEALTHY: fewer than two hidden layers with kernels; nothing can pile up.");
      return;
    }
    line(
        out,
        "%s",
        verdict.healthy()
            ? "HEALTHY: signal and gradient keep their size."
            : "UNHEALTHY: "
                + verdict.findings().stream()
                    .map(Verdict.Finding::says)
                    .collect(Collectors.joining("; "))
                + ".");
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
      ratios(out, with);
    } else if (!verdict.healthy()) {
      line(out, "No initializer of the catalogue mends it; normalization or branches may.");
    }
  }

  private static void ratios(StringBuilder out, Verdict of) {
    line(out, "  signal    %s", ratio(of.signal(), of.perLayer(of.signal())));
    line(out, "  gradient  %s", ratio(of.gradient(), of.perLayer(of.gradient())));
  }

  private static String ratio(double ratio, double each) {
    return "x %s in root mean square, x %s a layer".formatted(number(ratio), number(each));
  }

  private static List<List<String>> rows(LayerSignal signal) {
    ModelLayer layer = signal.layer();
    List<Drawn> kernels = kernels(layer);
    List<List<String>> rows = new ArrayList<>();
    String title = layer.name() + " (" + layer.type() + ")";
    for (int k = 0; k < Math.max(1, kernels.size()); k++) {
      List<String> row = new ArrayList<>();
      row.add(k > 0 ? "  " + kernels.get(k).role() : cut(title));
      row.add(k > 0 ? "" : shape(layer));
      row.add(k > 0 ? "" : String.format(Locale.ROOT, "%,d", layer.parameters()));
      row.add(kernels.isEmpty() ? "" : number(kernels.get(k).fans().in()));
      row.add(kernels.isEmpty() ? "" : number(kernels.get(k).fans().out()));
      row.add(kernels.isEmpty() ? "" : kernels.get(k).initializer());
      boolean told = k == 0 && changes(layer);
      row.add(told ? number(signal.forward()) : "");
      row.add(told ? number(signal.backward()) : "");
      rows.add(row);
    }
    return rows;
  }

  /** Whether a layer does something to a signal that its factors tell. */
  private static boolean changes(ModelLayer layer) {
    Effect effect = layer.effect();
    return !(effect instanceof Effect.Input
        || effect instanceof Effect.Pass
        || effect instanceof Effect.Lookup
        || effect instanceof Effect.Recurrent);
  }

  private static List<Drawn> kernels(ModelLayer layer) {
    if (layer.effect() instanceof Effect.Weighted weighted) {
      return weighted.kernels();
    }
    if (layer.effect() instanceof Effect.Recurrent recurrent) {
      return recurrent.kernels();
    }
    return layer.effect() instanceof Effect.Lookup lookup ? List.of(lookup.table()) : List.of();
  }

  private static String cut(String title) {
    return title.length() <= NAMES ? title : title.substring(0, NAMES - 3) + "...";
  }

  private static String shape(ModelLayer layer) {
    return layer.shape().stream()
        .map(n -> n < 0 ? "None" : n.toString())
        .collect(Collectors.joining(", ", "(None, ", ")"));
  }

  /** Columns as wide as their widest, names to the left and numbers to the right. */
  private static void table(StringBuilder out, List<List<String>> rows) {
    int[] widths = new int[HEADINGS.size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        boolean left = c < 2 || c == 5;
        text.append(
            String.format(
                "%" + (left ? "-" : "") + Math.max(1, widths[c]) + "s  ", rows.get(r).get(c)));
      }
      line(out, "%s", text.toString().stripTrailing());
      if (r == 0) {
        line(out, "%s", "-".repeat(text.toString().stripTrailing().length()));
      }
    }
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String number(double x) {
    if (x == Math.rint(x) && Math.abs(x) < 1e7) {
      return String.format(Locale.ROOT, "%,d", (long) x);
    }
    return Math.abs(x) >= 0.001 && Math.abs(x) < 1000
        ? String.format(Locale.ROOT, "%.3g", x)
        : String.format(Locale.ROOT, "%.1e", x);
  }

  /** For machines. */
  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", model.name());
    all.put("format", model.format());
    all.put("parameters", model.parameters());
    all.put("healthy", verdict.healthy());
    all.put("verdict", told(verdict));
    remedy.ifPresent(
        r -> {
          Map<String, Object> with = told(r.verdict());
          with.put("initializer", r.initializer());
          all.put("remedy", with);
        });
    all.put("layers", signals.stream().map(Inspection::told).toList());
    all.put("notices", model.notices());
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> told(Verdict verdict) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put(
        "findings",
        verdict.findings().stream().map(f -> f.name().toLowerCase(Locale.ROOT)).toList());
    told.put("layers", verdict.layers());
    told.put("first", verdict.first());
    told.put("last", verdict.last());
    told.put("signal_ratio", finite(verdict.signal()));
    told.put("gradient_ratio", finite(verdict.gradient()));
    return told;
  }

  private static Map<String, Object> told(LayerSignal signal) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", signal.layer().name());
    told.put("type", signal.layer().type());
    told.put("inputs", signal.layer().inputs());
    told.put("shape", signal.layer().shape());
    told.put("parameters", signal.layer().parameters());
    List<Map<String, Object>> kernels = new ArrayList<>();
    for (Drawn kernel : kernels(signal.layer())) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("role", kernel.role());
      one.put("fan_in", kernel.fans().in());
      one.put("fan_out", kernel.fans().out());
      one.put("initializer", kernel.initializer());
      one.put("variance", finite(kernel.variance()));
      kernels.add(one);
    }
    told.put("kernels", kernels);
    told.put("q", finite(signal.length()));
    told.put("mean_square", finite(signal.square()));
    told.put("forward", finite(signal.forward()));
    told.put("backward", finite(signal.backward()));
    told.put("gradient", finite(signal.gradient()));
    told.put("saturated", finite(signal.saturated()));
    return told;
  }

  /** JSON has no word for NaN. */
  private static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }
}
