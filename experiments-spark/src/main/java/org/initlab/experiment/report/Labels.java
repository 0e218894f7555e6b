package org.initlab.experiment.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes room for what legends and the heads of panels say, so that nothing is cut: a legend of long
 * names goes below the figure, in as many columns as the page has room for, and panels with long
 * heads stand in fewer columns. A legend's symbols are not as pale as the areas of an interval.
 *
 * <p>It knows no font: a letter is taken for {@value #LETTER} pixels wide, more than most are.
 */
final class Labels {

  private static final double LETTER = 6.6;

  /** Pixels of a page's width that a figure may take. */
  private static final int PAGE = 1020;

  /** Of them those for one legend; those of lines and points stand beside it. */
  private static final int LEGEND = 840;

  /** Pixels beside a legend's name, and between panels. */
  private static final int SYMBOL = 40;

  /** Letters of a name that may stand at the figure's right. */
  private static final int SHORT = 28;

  private static final Set<String> CHANNELS =
      Set.of("color", "fill", "stroke", "shape", "strokeDash", "opacity");

  private final JsonNode rows;

  private Labels(JsonNode rows) {
    this.rows = rows;
  }

  /** Changes a specification that has its data. */
  static void fit(ObjectNode spec) {
    Labels labels = new Labels(spec.path("data").path("values"));
    labels.legends(spec);
    if (spec.path("facet").has("field") && spec.get("spec") instanceof ObjectNode panel) {
      labels.panels(spec, spec.path("facet").path("field").asText(), panel);
    }
    if (spec.path("encoding").get("facet") instanceof ObjectNode facet) {
      labels.panels(facet, facet.path("field").asText(), spec);
    }
  }

  /** Legends of a specification and of all layers and panels in it. */
  private void legends(JsonNode node) {
    if (node.get("encoding") instanceof ObjectNode encoding) {
      for (String channel : CHANNELS) {
        if (encoding.get(channel) instanceof ObjectNode definition && definition.has("field")) {
          legend(definition);
        }
      }
    }
    legends(node, "spec");
    for (String parts : new String[] {"layer", "concat", "hconcat", "vconcat"}) {
      node.path(parts).forEach(this::legends);
    }
  }

  private void legends(JsonNode node, String part) {
    if (node.has(part)) {
      legends(node.get(part));
    }
  }

  private void legend(ObjectNode definition) {
    boolean discrete = Set.of("nominal", "ordinal").contains(definition.path("type").asText());
    boolean none = definition.has("legend") && definition.get("legend").isNull();
    if (!discrete || none) {
      return;
    }
    Set<String> names = names(definition.path("field").asText());
    ObjectNode legend = definition.withObject("/legend");
    if (!legend.has("symbolOpacity")) {
      legend.put("symbolOpacity", 1);
    }
    legend.put("symbolLimit", Math.max(30, names.size()));
    int letters = letters(names);
    if (!legend.has("orient") && letters > SHORT) {
      legend.put("orient", "bottom");
    }
    if (legend.path("orient").asText().equals("bottom")) {
      int room = Math.max(1, (int) (LEGEND / (letters * LETTER + SYMBOL)));
      int columns = Math.min(room, legend.path("columns").asInt(3));
      legend.put("columns", columns);
    }
  }

  /**
   * Fewer panels a row where their heads are wider than they.
   *
   * @param holder of {@code columns}
   * @param panel of {@code width}
   */
  private void panels(ObjectNode holder, String field, ObjectNode panel) {
    int width = panel.path("width").asInt(0);
    double head = letters(names(field)) * LETTER;
    if (width == 0 || head <= width || !holder.has("columns")) {
      return;
    }
    int columns =
        Math.max(1, Math.min(holder.get("columns").asInt(), (int) (PAGE / (head + SYMBOL))));
    holder.put("columns", columns);
    panel.put("width", (int) Math.min(head, PAGE / columns - 2.0 * SYMBOL));
  }

  private static int letters(Set<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  /** The different values of a field, which may be one of a struct: {@code c.mean}. */
  private Set<String> names(String field) {
    Set<String> names = new TreeSet<>();
    String path = "/" + field.replace("\\.", ".").replace('.', '/');
    rows.forEach(row -> names.add(row.at(path).asText()));
    return names;
  }
}
