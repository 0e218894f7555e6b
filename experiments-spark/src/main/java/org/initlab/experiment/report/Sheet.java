package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Study;

/** The tables that other programs get, flat: what an axis varies is a column of both. */
public enum Sheet {

  /** A row a trial: what was varied, how it ended, and every other argument. */
  TRIALS("trials"),

  /** A row a number. */
  MEASUREMENTS("measurements");

  /**
   * A column.
   *
   * @param name its name
   * @param sql what it is made of
   * @param unit the unit of its numbers, or nothing
   * @param says what it holds
   */
  public record Column(String name, String sql, String unit, String says) {}

  private static final Map<Argument, String> UNITS =
      Map.of(
          Argument.DEPTH, "layers",
          Argument.WIDTH, "units or channels",
          Argument.KERNEL, "pixels",
          Argument.HEAD_UNITS, "units",
          Argument.WARMUP, "updates",
          Argument.BATCH, "examples",
          Argument.STEPS, "updates",
          Argument.TEST_EXAMPLES, "examples",
          Argument.PROBE_EXAMPLES, "examples",
          Argument.VALIDATION_EXAMPLES, "examples");

  private final String title;

  Sheet(String title) {
    this.title = title;
  }

  /** Its name. */
  public String title() {
    return title;
  }

  /** Its columns for a study. */
  public List<Column> columns(Study study) {
    List<Column> columns = new ArrayList<>();
    List<Argument> axes =
        study.grid().axes().stream()
            .map(Axis::name)
            .flatMap(name -> Argument.of(name).stream())
            .toList();
    columns.add(new Column("trial", "t.id", "", "the trial's id, a hash of its arguments"));
    axes.forEach(axis -> columns.add(argument(axis)));
    columns.add(
        plain("repeat", "", "seed index from 0; trials of one repeat share data and order"));
    if (this == MEASUREMENTS) {
      columns.add(measured("metric", "", "what was measured; initlab list metrics explains it"));
      columns.add(measured("step", "updates", "updates done when it was measured"));
      columns.add(measured("layer", "", "layer of weights from 1 at the input; 0 for the network"));
      columns.add(measured("bin", "", "histogram bin from 0; -1 where there is none"));
      columns.add(measured("value", "", "the number; NaN and infinities are kept"));
      return columns;
    }
    columns.add(plain("outcome", "", "completed, diverged or failed"));
    columns.add(plain("diverged_at", "updates", "where the training loss was not finite"));
    columns.add(plain("error", "", "why it failed, a line"));
    columns.add(plain("seconds", "s", "time that it took by the clock"));
    columns.add(plain("finished_at", "UTC", "when it was stored"));
    columns.add(plain("host", "", "the machine that computed it"));
    columns.add(plain("study", "", "the study that asked first"));
    columns.add(plain("seed", "", "the study's seed"));
    for (Argument argument : Argument.values()) {
      if (!axes.contains(argument)) {
        columns.add(argument(argument));
      }
    }
    return columns;
  }

  private static Column plain(String name, String unit, String says) {
    return new Column(name, "t." + name, unit, says);
  }

  private static Column measured(String name, String unit, String says) {
    return new Column(name, "m." + name, unit, says);
  }

  private static Column argument(Argument argument) {
    return plain(argument.key(), UNITS.getOrDefault(argument, ""), argument.says());
  }
}
