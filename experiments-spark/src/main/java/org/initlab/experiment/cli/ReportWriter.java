package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.initlab.experiment.Study;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.report.Report;
import org.initlab.experiment.report.Summary;
import org.initlab.experiment.report.Verdict;
import org.initlab.experiment.store.RunFolder;

/** Writes a run's report, and what the terminal says of it. */
final class ReportWriter {

  /** The terminal's summary in a run folder, kept so that a finished run need not start Spark. */
  static final String SUMMARY = "summary.txt";

  private ReportWriter() {}

  /** Writes {@code to/report} and returns the summary. */
  static String write(Study study, Path run, Path to, Cluster spark) throws IOException {
    return write(study, run, to, spark, false);
  }

  /** The same, with each figure as SVG if {@code pictures}. */
  static String write(Study study, Path run, Path to, Cluster spark, boolean pictures)
      throws IOException {
    RunFolder folder = RunFolder.of(run);
    Path report = to.resolve("report");
    Summary summary =
        Report.of(study, folder.uri(), spark.session(), Provenances.latest(folder))
            .write(report, pictures);
    return text(summary, report);
  }

  /** Keeps the summary; a reader sees the old one or the new one. */
  static void keep(Path run, String summary) throws IOException {
    Path fresh = run.resolve("." + SUMMARY + ".new");
    Files.writeString(fresh, summary);
    Files.move(fresh, run.resolve(SUMMARY), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String text(Summary summary, Path report) {
    Summary.Counts counts = summary.counts();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "trials   %,d planned: %,d completed, %,d diverged, %,d failed%s%n",
            counts.planned(),
            counts.completed(),
            counts.diverged(),
            counts.failed(),
            counts.missing() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d not run", counts.missing())));
    int widest = summary.verdicts().stream().mapToInt(v -> v.claim().id().length()).max().orElse(0);
    for (Verdict v : summary.verdicts()) {
      text.append(
          String.format(
              "%-15s %-" + widest + "s measured %s, reference %s%n",
              v.word().says(),
              v.claim().id(),
              rounded(v.measured()),
              rounded(v.reference())));
    }
    Summary.Figures figures = summary.figures();
    text.append(String.format("figures  %d drawn", figures.drawn()));
    text.append(figures.empty() == 0 ? "" : String.format(", %d without data", figures.empty()));
    text.append(figures.wrong() == 0 ? "" : String.format(", %d in error", figures.wrong()));
    return text.append(String.format("%nreport   %s%n", report.resolve("index.html"))).toString();
  }

  private static String rounded(String number) {
    try {
      return String.format(Locale.ROOT, "%.4g", Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return number.isEmpty() ? "-" : number;
    }
  }
}
