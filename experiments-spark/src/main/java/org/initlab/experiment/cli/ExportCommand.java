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
import org.initlab.experiment.mlflow.TrackingException;
import org.initlab.experiment.mlflow.TrackingServer;
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
      "Writes the tables of a run for other programs: CSV, Parquet, LaTeX, an MLflow server.",
      "csv and parquet write a folder with trials (a row a trial), measurements (a row a number) and"
          + " columns.csv, which says what each column holds and in what unit; or one of the two,"
          + " where --to names a file. latex writes a table that \\input reads and the package"
          + " booktabs sets. A file is there when all of it is.",
      "mlflow sends each trial as a run of an MLflow tracking server: arguments as params, numbers as"
          + " metrics with their steps, provenance as tags. What the server has is not sent again."
          + " User and password come from MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
          + " MLFLOW_TRACKING_TOKEN, in the environment."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: initlab export runs/quickstart-1a2b3c4d --format csv --to tables",
      "         initlab export runs/quickstart-1a2b3c4d --to trials.parquet",
      "         initlab export runs/quickstart-1a2b3c4d --to claims.tex --table claims",
      "         initlab export runs/quickstart-1a2b3c4d --format mlflow --tracking-uri"
          + " http://localhost:5000",
    })
final class ExportCommand implements Callable<Integer> {

  private static final List<String> FORMATS = List.of("csv", "parquet", "latex", "mlflow");
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
      description = "csv, parquet, latex or mlflow (default: by the end of --to).")
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
              + " error; of mlflow, all but histograms).")
  private List<String> metrics = new ArrayList<>();

  @Option(names = "--force", description = "Replaces files that are there.")
  private boolean force;

  @Option(
      names = "--tracking-uri",
      paramLabel = "URI",
      description =
          "The MLflow server, http://HOST:PORT (default: MLFLOW_TRACKING_URI in the environment).")
  private String trackingUri;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "The MLflow experiment (default: the study's name).")
  private String experiment;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    RunFolder folder = Runs.open(run);
    String chosen = format();
    metrics = MetricNames.of(metrics);
    if (chosen.equals("mlflow")) {
      return sendToMlflow(folder);
    }
    if (to == null) {
      throw usage("--to PATH says where the " + chosen + " goes.");
    }
    List<String> tables = tables(chosen);
    Map<String, WholeFile> files = files(chosen, tables);
    for (WholeFile file : files.values()) {
      Targets.check(file.place(), force);
    }
    Study study = Runs.study(folder);
    if (tables.contains("claims") && study.claims().isEmpty()) {
      throw usage("the study " + study.name() + " makes no claims. Maybe --table cells.");
    }
    tellUnfinished(folder, study);
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

  private static void tellUnfinished(RunFolder folder, Study study) throws IOException {
    RunBrief brief = RunBrief.of(folder, study);
    if (brief.missing() > 0) {
      System.out.printf(
          "The run is not finished: %,d of %,d trials are missing. What is there is written.%n",
          brief.missing(), brief.planned());
    }
  }

  private int sendToMlflow(RunFolder folder) throws CommandException, IOException, StudyException {
    String uri = trackingUri != null ? trackingUri : System.getenv("MLFLOW_TRACKING_URI");
    if (uri == null) {
      throw usage("--tracking-uri says which MLflow server, such as http://localhost:5000.");
    }
    if (to != null) {
      throw usage("--to is of files; mlflow takes --tracking-uri.");
    }
    Study study = Runs.study(folder);
    String name = experiment != null ? experiment : study.name();
    if (name.isBlank() || name.contains("'")) {
      throw usage("--experiment must be a name without a quote, not '" + name + "'.");
    }
    try (TrackingServer server = TrackingServer.open(uri, System.getenv())) {
      tellUnfinished(folder, study);
      try (Cluster spark = Cluster.open("local[*]")) {
        Export export = Export.of(study, folder.uri(), spark.session());
        requireMetrics(export);
        new MlflowExport(folder, study, server, name, metrics).send(export);
      }
      return Exit.DONE;
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    } catch (TrackingException e) {
      throw new CommandException(
          Exit.ENVIRONMENT,
          "initlab: " + e.getMessage() + "\nThe same command goes on from what the server has.");
    }
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
          name, new WholeFile(isFile(chosen) ? to : to.child(name + "." + SUFFIXES.get(chosen))));
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
