package org.initlab.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.initlab.experiment.Study;
import org.initlab.experiment.cli.Commands;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.report.Results;
import org.initlab.experiment.store.RunFolder;

/**
 * A run folder that was opened: what it held then, as tables. The SQL is Spark's, over {@code
 * trials}, {@code measurements} and {@code results}, which are both joined, and over {@code
 * choices} of a study that chooses.
 */
public final class Run implements Shown.Self, AutoCloseable {

  /** A notebook's memory is not the place for more. */
  private static final int MOST = 100_000;

  private final RunFolder folder;
  private final Own own;
  private final Cluster spark;
  private final Results results;

  Run(RunFolder folder, Own own, Cluster spark) {
    this.folder = folder;
    this.own = own;
    this.spark = spark;
    this.results = Results.open(folder.uri(), readable(), spark.session());
  }

  /** The study; nothing if it names what this notebook does not know, and tables are enough. */
  private Optional<Study> readable() {
    try {
      return Optional.of(study());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The folder's URI. */
  public String folder() {
    return folder.uri();
  }

  /**
   * What a query gives.
   *
   * @throws IllegalArgumentException if it is no query of these tables, or gives over 100,000 rows
   */
  public Table sql(String query) {
    Results.Rows rows = results.sql(query, MOST);
    if (rows.cut()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "The query gives over %,d rows; aggregate in it, or add LIMIT.", MOST));
    }
    return new Table(rows.columns(), rows.rows());
  }

  /** A row a trial, every argument a column. */
  public Table trials() {
    return sql("SELECT * FROM trials ORDER BY id");
  }

  /**
   * What a metric says at the end of training: the mean over repeats for each value of an argument,
   * with its least and its greatest.
   *
   * @param metric its name, or {@code metric/part}
   * @param by names of arguments, the first outermost
   */
  public Table last(String metric, String... by) {
    String columns = String.join(", ", by);
    return sql(
        """
        SELECT %s, avg(value) AS mean, min(value) AS least, max(value) AS greatest, count(*) AS n
        FROM results WHERE metric = '%s' AND step = steps GROUP BY %s ORDER BY %s
        """
            .formatted(columns, metric.replace("'", "''"), columns, columns));
  }

  /** The study as it was resolved. */
  public Study study() throws IOException {
    try {
      return StudyFile.parse(
          folder.readStudy(), folder.uri() + "/study.yaml", "", own.known(Commands.known()));
    } catch (StudyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Writes the report, as {@code initlab report} does; a folder on this machine only. */
  public Report report() throws IOException {
    Path path = path();
    String summary = Commands.report(study(), path, spark);
    return new Report(path.resolve("report/index.html"), summary);
  }

  private Path path() {
    java.net.URI uri = java.net.URI.create(folder.uri());
    if (!"file".equals(uri.getScheme())) {
      throw new IllegalArgumentException(
          "A report is written to a folder of this machine, and the run is at "
              + folder.uri()
              + ".");
    }
    return Path.of(uri);
  }

  /**
   * A report that was written.
   *
   * @param page the page, which needs no network
   * @param summary counts and verdicts, a line each
   */
  public record Report(Path page, String summary) implements Shown.Self {

    @Override
    public Shown shown() {
      Shown lines = Shown.plain(summary, 20_000);
      String link =
          "<p><a href=\"%s\">%s</a></p>".formatted(page.toUri(), Shown.escaped(page.toString()));
      return Shown.of(lines.html() + link, lines.text());
    }
  }

  /** Lets go of the tables. */
  @Override
  public void close() {
    results.close();
  }

  @Override
  public Shown shown() {
    Table outcomes =
        sql(
            "SELECT study, outcome, count(*) AS trials, round(sum(seconds), 2) AS seconds FROM trials GROUP BY study, outcome ORDER BY study, outcome");
    Shown table = outcomes.shown();
    String head = "Run folder " + folder.uri();
    return Shown.of(
        "<p>" + Shown.escaped(head) + "</p>" + table.html(), head + "\n" + table.text());
  }
}
