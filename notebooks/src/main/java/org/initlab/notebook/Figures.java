package org.initlab.notebook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The three pictures that lessons need most. For any other, {@link Figure#of}. */
public final class Figures {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDTH = 420;
  private static final int HEIGHT = 260;

  /** Whole numbers on an axis that each have a tick. */
  private static final int TICKS = 12;

  private Figures() {}

  /** How the values are distributed, in bins of equal width. */
  public static Figure histogram(String title, float[] values, int bins) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return histogram(title, Map.of("", doubles), bins);
  }

  /** How the values are distributed, in bins of equal width. */
  public static Figure histogram(String title, double[] values, int bins) {
    return histogram(title, Map.of("", values), bins);
  }

  /**
   * How several sets of values are distributed, in bins that they share, each set a line of its
   * own.
   *
   * @param sets values by name; what is not finite is left out and counted in the title
   * @param bins at least 1
   */
  public static Figure histogram(String title, Map<String, double[]> sets, int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be at least 1, not " + bins + ".");
    }
    double[] finite =
        sets.values().stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      throw new IllegalArgumentException("A histogram needs a finite value, and there is none.");
    }
    double low = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    double width = high > low ? (high - low) / bins : 1;
    List<List<Object>> rows = new ArrayList<>();
    long left = 0;
    for (Map.Entry<String, double[]> set : sets.entrySet()) {
      int[] counts = new int[bins];
      for (double x : set.getValue()) {
        if (Double.isFinite(x)) {
          counts[(int) Math.min(bins - 1, (x - low) / width)]++;
        } else {
          left++;
        }
      }
      for (int b = 0; b < bins; b++) {
        double share = counts[b] / (double) Math.max(1, set.getValue().length);
        rows.add(List.of(set.getKey(), low + b * width, low + (b + 1) * width, counts[b], share));
      }
    }
    String whole = left == 0 ? title : "%s (%,d values are not finite)".formatted(title, left);
    Table table = new Table(List.of("set", "from", "to", "count", "share"), rows);
    String names = JSON.valueToTree(sets.keySet()).toString();
    return Figure.of(whole, sets.size() == 1 ? BARS : STEPS.replace("SETS", names), table);
  }

  private static final String BARS =
      """
      {"mark": {"type": "bar", "tooltip": true}, "width": %d, "height": %d, "autosize": "pad",
       "encoding": {
         "x": {"field": "from", "type": "quantitative", "bin": {"binned": true}, "title": "value"},
         "x2": {"field": "to"},
         "y": {"field": "count", "type": "quantitative", "title": "count"}}}
      """
          .formatted(WIDTH, HEIGHT);

  private static final String STEPS =
      """
      {"mark": {"type": "line", "interpolate": "step-after", "tooltip": true}, "width": %d, "height": %d, "autosize": "pad",
       "encoding": {
         "x": {"field": "from", "type": "quantitative", "title": "value"},
         "y": {"field": "share", "type": "quantitative", "title": "share of the values"},
         "color": {"field": "set", "type": "nominal", "title": "", "scale": {"domain": SETS}}}}
      """
          .formatted(WIDTH, HEIGHT);

  /** Lines over x, one for each name, all of the length of {@code x}. */
  public static Figure line(String title, double[] x, Map<String, double[]> ys) {
    List<List<Object>> rows = new ArrayList<>();
    ys.forEach(
        (name, y) -> {
          if (y.length != x.length) {
            throw new IllegalArgumentException(
                "Line '%s' has %d values and x has %d.".formatted(name, y.length, x.length));
          }
          for (int i = 0; i < x.length; i++) {
            rows.add(List.of(name, x[i], y[i]));
          }
        });
    return line(title, new Table(List.of("line", "x", "y"), rows), "x", "y", "line").axes("", "");
  }

  /**
   * Lines of a table.
   *
   * @param x the column along
   * @param y the column up
   * @param line the column that tells lines apart
   */
  public static Figure line(String title, Table table, String x, String y, String line) {
    table.numbers(y);
    ObjectNode spec = spec("line");
    ((ObjectNode) spec.get("mark")).put("point", true);
    ObjectNode encoding = spec.putObject("encoding");
    axis(encoding, "x", table, x);
    axis(encoding, "y", table, y);
    ((ObjectNode) encoding.get("y")).putObject("scale").put("zero", false);
    ObjectNode color = encoding.putObject("color");
    boolean ordered = isNumber(table, line);
    color.put("field", line).put("type", ordered ? "ordinal" : "nominal");
    if (line.equals("line")) {
      color.put("title", "");
    }
    if (ordered) {
      color.putObject("scale").put("scheme", "viridis");
    } else {
      // In the order of the table: Vega-Lite's own is that of the alphabet.
      color
          .putObject("scale")
          .set("domain", JSON.valueToTree(table.texts(line).stream().distinct().toList()));
    }
    return Figure.of(title, spec.toString(), table);
  }

  /**
   * Values over a grid of two columns, as colours.
   *
   * @param x the column along
   * @param y the column up
   * @param value the column of the colour
   */
  public static Figure heatmap(String title, Table table, String x, String y, String value) {
    table.numbers(value);
    ObjectNode spec = spec("rect");
    ObjectNode encoding = spec.putObject("encoding");
    for (String axis : List.of("x", "y")) {
      String column = axis.equals("x") ? x : y;
      ObjectNode channel = encoding.putObject(axis);
      channel.put("field", column).put("type", "ordinal").put("title", column);
      ObjectNode labels = channel.putObject("axis").put("labelOverlap", true).put("labelAngle", 0);
      if (isNumber(table, column)) {
        labels.put("format", ".3~g");
      }
      channel.put("sort", axis.equals("y") ? "descending" : "ascending");
    }
    ObjectNode color = encoding.putObject("color");
    color.put("field", value).put("type", "quantitative").put("title", value);
    return Figure.of(title, spec.toString(), table);
  }

  /** A heat map of a function of two numbers. */
  public static Figure heatmap(
      String title, double[] x, double[] y, ToDoubleFunction<double[]> value) {
    List<List<Object>> rows = new ArrayList<>();
    for (double b : y) {
      for (double a : x) {
        rows.add(List.of(a, b, value.applyAsDouble(new double[] {a, b})));
      }
    }
    return heatmap(title, new Table(List.of("x", "y", "value"), rows), "x", "y", "value");
  }

  private static ObjectNode spec(String mark) {
    ObjectNode spec = JSON.createObjectNode();
    spec.putObject("mark").put("type", mark).put("tooltip", true);
    return spec.put("width", WIDTH).put("height", HEIGHT).put("autosize", "pad");
  }

  private static void axis(ObjectNode encoding, String channel, Table table, String column) {
    String type = isNumber(table, column) ? "quantitative" : "nominal";
    ObjectNode axis = encoding.putObject(channel);
    axis.put("field", column).put("type", type).put("title", column);
    if (type.equals("quantitative")) {
      double[] values = Arrays.stream(table.numbers(column)).distinct().sorted().toArray();
      if (values.length <= TICKS && areWhole(values)) {
        axis.putObject("axis").set("values", JSON.valueToTree(values));
        ((ObjectNode) axis.get("axis")).put("format", "d");
      }
    }
  }

  private static boolean areWhole(double[] values) {
    return Arrays.stream(values).allMatch(x -> x == Math.rint(x));
  }

  private static boolean isNumber(Table table, String column) {
    table.texts(column);
    int at = table.columns().indexOf(column);
    return table.rows().stream().allMatch(r -> r.get(at) == null || r.get(at) instanceof Number);
  }

  /** Lines by name in the order in which they were given; for {@link #line}. */
  public static Map<String, double[]> lines(Object... namesAndValues) {
    Map<String, double[]> lines = new LinkedHashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      lines.put((String) namesAndValues[i], (double[]) namesAndValues[i + 1]);
    }
    return lines;
  }
}
