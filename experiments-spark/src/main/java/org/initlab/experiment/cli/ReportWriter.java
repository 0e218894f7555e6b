package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.initlab.experiment.Study;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.report.Report;
import org.initlab.experiment.report.Summary;
import org.initlab.experiment.report.Verdict;
import org.initlab.experiment.report.WholeFolder;
import org.initlab.experiment.store.RunFolder;

/** Writes a run's report, and what the terminal says of it. */
final class ReportWriter {

  private static final String REPORT = "report";
  private static final String PAGE = "index.html";

  private ReportWriter() {}

  /**
   * Writes a report and returns what the terminal says of it.
   *
   * @param to folder of this machine that gets {@code report/}; nothing for the run folder
   * @param pictures whether each figure is written as SVG, too
   */
  static String write(
      Study study, RunFolder run, Optional<Path> to, Cluster spark, boolean pictures)
      throws IOException {
    Optional<Path> here = to.isPresent() ? to : run.place().local();
    Path folder = here.isPresent() ? here.get() : Files.createTempDirectory("initlab-report");
    Path report = folder.endsWith(REPORT) ? folder : folder.resolve(REPORT);
    Summary summary =
        Report.of(study, run.uri(), spark.session(), Provenances.latest(run))
            .write(report, pictures);
    if (here.isPresent()) {
      return text(summary, report.resolve(PAGE).toString());
    }
    run.putReport(report);
    WholeFolder.delete(folder);
    return text(summary, run.place().child(REPORT).child(PAGE).toString());
  }

  private static String text(Summary summary, String page) {
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
    return text.append(String.format("%nreport   %s%n", page)).toString();
  }

  private static String rounded(String number) {
    try {
      return String.format(Locale.ROOT, "%.4g", Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return number.isEmpty() ? "-" : number;
    }
  }
}
