package org.initlab.experiment.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.initlab.device.BlasCore;
import org.initlab.device.Machine;
import org.initlab.experiment.bench.Comparison;
import org.initlab.experiment.bench.Floors;
import org.initlab.experiment.bench.Timing;
import org.initlab.experiment.bench.Workload;

/** What {@code initlab bench} found, for people and for programs. */
record BenchReport(Machine machine, BlasCore core, Floors floors, List<Comparison> comparisons) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The engine whose time is the unit of the ratios. */
  private static final String REFERENCE = "dl4j";

  /** Lines on the machine and its floors, then a table in Markdown. */
  String table() {
    StringBuilder text = new StringBuilder();
    Workload first = comparisons.get(0).workload();
    line(
        text,
        "%s, %s, %s, batch %d, one thread; processor time, median of the rounds",
        first.network(),
        first.activation(),
        first.optimizer(),
        first.batch());
    line(text, "%-14s %s, OpenBLAS core %s", "processor", machine.processor(), core.name());
    line(
        text,
        "%-14s %.0f GFLOP/s, the largest rate of sgemm; the true peak lies a little above",
        "FMA peak",
        floors.flopsPerSecond() / 1e9);
    for (Floors.Level level : floors.levels()) {
      line(
          text,
          "%-14s %.0f GB/s read and written, in arrays of %,d KiB",
          level.name(),
          level.bytesPerSecond() / 1e9,
          level.swept() >> 10);
    }
    line(text, "%-14s %.0f %% of a core, while the clocks ran", "this process", 100 * share());
    line(text, "");
    line(
        text,
        "| network | engine | us an update | spread | without data | against %s |"
            + " FMA floor, us | reached | weights' traffic, us |",
        REFERENCE);
    line(text, "| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Comparison comparison : comparisons) {
      for (Comparison.Row row : comparison.rows()) {
        Workload workload = comparison.workload();
        line(
            text,
            "| %s | %s | %s | %.0f %% | %s | %s | %s | %.0f %% | %s, %s |",
            workload.title(),
            row.engine(),
            micros(row.withData().median()),
            100 * row.withData().spread(),
            micros(row.withoutData().median()),
            comparison
                .against(REFERENCE, row)
                .map(r -> String.format(Locale.ROOT, "%.1fx", r))
                .orElse("-"),
            micros(floors.arithmetic(workload)),
            100 * floors.arithmetic(workload) / row.withData().median(),
            micros(floors.traffic(workload)),
            floors.level(workload).name());
      }
    }
    return text.toString();
  }

  /** The part of the wall clock's time in which this process had a core. */
  private double share() {
    double cpu = 0;
    double wall = 0;
    for (Comparison comparison : comparisons) {
      for (Comparison.Row row : comparison.rows()) {
        // Every row had the same seconds, so a mean of their shares is the share of all.
        cpu += row.withData().median() / row.withData().wall();
        wall += 1;
      }
    }
    return cpu / wall;
  }

  /** Three digits that count. */
  private static String micros(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** All numbers, times in microseconds. */
  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("initlab", Versions.own());
    all.put("commit", System.getProperty("initlab.commit", ""));
    all.put("java", Runtime.version().toString());
    all.put("processor", machine.processor());
    all.put("system", machine.system());
    all.put("openblas_core", core.name());
    all.put("flops_per_second", floors.flopsPerSecond());
    all.put(
        "bytes_per_second",
        floors.levels().stream()
            .collect(
                LinkedHashMap::new,
                (map, level) -> map.put(level.name(), level.bytesPerSecond()),
                Map::putAll));
    all.put("share_of_core", share());
    all.put("comparisons", comparisons.stream().map(this::json).toList());
    try {
      return JSON.writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts and numbers is always JSON.", e);
    }
  }

  private Map<String, Object> json(Comparison comparison) {
    Workload workload = comparison.workload();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("architecture", workload.architecture());
    all.put("network", workload.network());
    all.put("weights", workload.weights());
    all.put("width", workload.width());
    all.put("depth", workload.depth());
    all.put("batch", workload.batch());
    all.put("activation", workload.activation());
    all.put("optimizer", workload.optimizer());
    all.put("flops", workload.flops());
    all.put("floor_us", floors.arithmetic(workload));
    all.put("traffic_us", floors.traffic(workload));
    all.put("traffic_level", floors.level(workload).name());
    Map<String, Object> engines = new LinkedHashMap<>();
    for (Comparison.Row row : comparison.rows()) {
      Map<String, Object> engine = new LinkedHashMap<>();
      put(engine, "", row.withData());
      put(engine, "without_data_", row.withoutData());
      comparison.against(REFERENCE, row).ifPresent(r -> engine.put("against_" + REFERENCE, r));
      engine.put("of_floor", floors.arithmetic(workload) / row.withData().median());
      engines.put(row.engine(), engine);
    }
    all.put("engines", engines);
    return all;
  }

  private static void put(Map<String, Object> into, String prefix, Timing timing) {
    into.put(prefix + "us", timing.median());
    into.put(prefix + "spread", timing.spread());
    into.put(prefix + "wall_us", timing.wall());
  }
}
