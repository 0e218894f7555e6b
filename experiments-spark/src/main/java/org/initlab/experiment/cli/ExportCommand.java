package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.report.Export;
import org.initlab.experiment.report.FlatFile;
import org.initlab.experiment.report.Sheet;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.store.WholeFile;
import org.initlab.init.named.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab export}. */
@Command(
    name = "export",
    description = {
      "Writes the tables of a run for other programs: CSV, Parquet, LaTeX.",
      "csv and parquet write a folder with trials (a row a trial), measurements (a row a number) and"
          + " columns.csv, which says what each column holds and in what unit; or one of the two,"
          + " where --to names a file. latex writes a table that \\input reads and the package"
          + " booktabs sets. A file is there when all of it is."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: initlab export runs/quickstart-1a2b3c4d --format csv --to tables",
      "         initlab export runs/quickstart-1a2b3c4d --to trials.parquet",
      "         initlab export runs/quickstart-1a2b3c4d --to claims.tex --table claims",
    })
final class ExportCommand implements Callable<Integer> {

  private static final List<String> FORMATS = List.of("csv", "parquet", "latex");
  private static final Map<String, String> SUFFIXES =
      Map.of("csv", "csv", "parquet", "parquet", "latex", "tex");

  @Parameters(paramLabel = "RUN", description = "A run folder, a path or a URI.")
  private Place run;

  @Option(
      names = "--to",
      paramLabel = "PATH",
      description = "A folder, or a file that ends in .csv, .parquet or .tex; a path or a URI.")
  private Place to;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "csv, parquet or latex (default: by the end of --to).")
  private String format;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "What goes into one file: trials or measurements (csv, parquet; default: trials), cells or"
              + " claims (latex; default: cells).")
  private String table;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description =
          "Only these metrics, with all their parts (default: all; of cells in latex, loss and"
              + " error).")
  private List<String> metrics = new ArrayList<>();

  @Option(names = "--force", description = "Replaces files that are there.")
  private boolean force;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    RunFolder folder = Runs.open(run);
    String chosen = format();
    if (to == null) {
      throw usage("--to PATH says where the " + chosen + " goes.");
    }
    metrics = MetricNames.of(metrics);
    List<String> tables = tables(chosen);
    Map<String, WholeFile> files = files(chosen, tables);
    for (WholeFile file : files.values()) {
      Targets.check(file.place(), force);
    }
    Study study = Runs.study(folder);
    if (tables.contains("claims") && study.claims().isEmpty()) {
      throw usage("the study " + study.name() + " makes no claims. Maybe --table cells.");
    }
    RunBrief brief = RunBrief.of(folder, study);
    if (brief.missing() > 0) {
      System.out.printf(
          "The run is not finished: %,d of %,d trials are missing. What is there is written.%n",
          brief.missing(), brief.planned());
    }
    try (Cluster spark = Cluster.open("local[*]")) {
      Export export = Export.of(study, folder.uri(), spark.session());
      requireMetrics(export);
      for (Map.Entry<String, WholeFile> file : files.entrySet()) {
        write(export, chosen, file.getKey(), file.getValue());
        System.out.println("Wrote " + file.getValue().place());
      }
    }
    return Exit.DONE;
  }

  private String format() throws CommandException {
    if (format != null) {
      if (!FORMATS.contains(format)) {
        throw usage(Nearest.unknown("format", format, FORMATS));
      }
      return format;
    }
    String name = to == null ? "" : to.name();
    return SUFFIXES.keySet().stream()
        .filter(f -> name.endsWith("." + SUFFIXES.get(f)))
        .findFirst()
        .orElseThrow(
            () ->
                usage(
                    "say with --format what to write, one of "
                        + String.join(", ", FORMATS)
                        + ", or let --to end in .csv, .parquet or .tex."));
  }

  /** The tables to write; all of the format's for a folder. */
  private List<String> tables(String chosen) throws CommandException {
    List<String> known =
        chosen.equals("latex")
            ? List.of("cells", "claims")
            : Arrays.stream(Sheet.values()).map(Sheet::title).toList();
    if (table != null && !known.contains(table)) {
      throw usage(Nearest.unknown("table", table, known));
    }
    if (table != null) {
      return List.of(table);
    }
    return isFile(chosen) || chosen.equals("latex") ? known.subList(0, 1) : known;
  }

  private boolean isFile(String chosen) {
    return to.name().endsWith("." + SUFFIXES.get(chosen));
  }

  /** Where each table goes. */
  private Map<String, WholeFile> files(String chosen, List<String> tables) {
    Map<String, WholeFile> files = new LinkedHashMap<>();
    for (String name : tables) {
      files.put(
          name,
          new WholeFile(isFile(chosen) ? to : to.child(name + "." + SUFFIXES.get(chosen))));
    }
    if (!isFile(chosen) && !chosen.equals("latex")) {
      files.put("columns", new WholeFile(to.child("columns.csv")));
    }
    return files;
  }

  private void requireMetrics(Export export) throws CommandException {
    if (metrics.isEmpty()) {
      return;
    }
    List<String> measured = export.metrics();
    for (String metric : metrics) {
      if (measured.stream().noneMatch(m -> m.equals(metric) || m.startsWith(metric + "/"))) {
        throw usage(Nearest.unknown("metric", metric, measured));
      }
    }
  }

  private void write(Export export, String chosen, String name, WholeFile file)
      throws CommandException, IOException {
    if (name.equals("columns")) {
      text(file, export.columns());
    } else if (chosen.equals("latex")) {
      text(file, latex(export, name));
    } else {
      Sheet sheet = Sheet.valueOf(name.toUpperCase(java.util.Locale.ROOT));
      FlatFile flat = FlatFile.valueOf(chosen.toUpperCase(java.util.Locale.ROOT));
      file.write(out -> export.write(sheet, metrics, flat, out));
    }
  }

  private String latex(Export export, String name) throws CommandException {
    try {
      return name.equals("claims")
          ? export.claimsAsLatex()
          : export.cellsAsLatex(metrics.isEmpty() ? CompareCommand.HEADLINES : metrics);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private static void text(WholeFile file, String text) throws IOException {
    file.write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static CommandException usage(String message) {
    return new CommandException(Exit.USAGE, "initlab: " + message);
  }
}
