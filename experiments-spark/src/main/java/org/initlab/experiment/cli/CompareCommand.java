package org.initlab.experiment.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.report.Comparison;
import org.initlab.experiment.report.Comparison.Side;
import org.initlab.experiment.report.Differences;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import org.initlab.experiment.store.WholeFile;
import org.initlab.init.named.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab compare}. */
@Command(
    name = "compare",
    description = {
      "Compares two runs: says what differs in settings, code, machine and data, and sets their"
          + " numbers side by side, cell by cell.",
      "Cells are paired that are equal in the axes of both runs, and in them trials of one repeat."
          + " Differences are B - A: their mean, its 95 %% interval, and the p-value of a paired"
          + " t-test, corrected by Holm for all rows. Where a trial diverged, failed or has no"
          + " finite number, the cell has no mean, and the table counts why."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: initlab compare runs/quickstart-1a2b3c4d hdfs://namenode/runs/quickstart-1a2b3c4d",
      "         initlab compare runs/a-1a2b3c4d runs/b-5e6f7a8b --metric activation_moments/std"
          + " --step 0"
    })
final class CompareCommand implements Callable<Integer> {

  static final List<String> HEADLINES = List.of("loss", "error");

  @Parameters(index = "0", paramLabel = "A", description = "A run folder, a path or a URI.")
  private Place first;

  @Parameters(index = "1", paramLabel = "B", description = "Another one.")
  private Place second;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description =
          "Metrics to compare, with all their parts (activation_moments) or one"
              + " (activation_moments/std); held-out loss and error if left out.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Compares what was measured after N updates (default: after the last ones).")
  private Long step;

  @Option(
      names = "--only-finite",
      description =
          "Compares the pairs in which both trials have a finite number. How many others there are"
              + " stays in the table.")
  private boolean onlyFinite;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "40",
      description =
          "Rows to show, those with the smallest p-values if there are more (default:"
              + " ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Also writes all rows, in full precision, to a path or a URI.")
  private Place csv;

  @Option(names = "--force", description = "Replaces FILE if it is there.")
  private boolean force;

  @Override
  public Integer call() throws CommandException, IOException, StudyException {
    RunFolder a = Runs.open(first);
    RunFolder b = Runs.open(second);
    if (rows < 1) {
      throw new CommandException(Exit.USAGE, "initlab: --rows must be at least 1, not " + rows);
    }
    Targets.check(csv, force);
    Study studyA = Runs.study(a);
    Study studyB = Runs.study(b);
    Comparison.Question question =
        new Comparison.Question(
            wanted(studyA, studyB),
            step == null ? OptionalLong.empty() : OptionalLong.of(measured(step, studyA, studyB)),
            onlyFinite);
    System.out.print(ComparisonText.runs(RunBrief.of(a, studyA), RunBrief.of(b, studyB)));
    System.out.print(ComparisonText.facts(RunFacts.of(a, studyA), RunFacts.of(b, studyB)));
    try (Cluster spark = Cluster.open("local[*]")) {
      Comparison comparison = Comparison.of(studyA, a.uri(), studyB, b.uri(), spark.session());
      return tell(comparison, question, studyA, studyB);
    }
  }

  private int tell(Comparison comparison, Comparison.Question question, Study studyA, Study studyB)
      throws CommandException, IOException {
    Comparison.Cells cells = comparison.cells();
    System.out.print(ComparisonText.cells(comparison, cells));
    if (cells.pairs() == 0) {
      throw new CommandException(
          Exit.USAGE, "initlab: " + ComparisonText.nothingShared(comparison, studyA, studyB));
    }
    Comparison.Equality equality = comparison.equality();
    System.out.print(ComparisonText.equality(cells, equality));
    if (equality.equalPairs() == cells.pairs() && metrics.isEmpty() && csv == null) {
      return Exit.DONE;
    }
    Differences differences = comparison.differences(question);
    List<Differences.Count> counts = differences.counts(ComparisonText.LEVEL);
    require(question.metrics(), counts, comparison);
    System.out.print(ComparisonText.differences(differences, counts, comparison.pairing(), rows));
    if (csv != null) {
      new WholeFile(csv).write(differences::csv);
      System.out.printf("Wrote all rows to %s.%n", csv);
    }
    return Exit.DONE;
  }

  /** The metrics that the command line names, or the headlines that both runs measure. */
  private List<String> wanted(Study a, Study b) throws CommandException {
    if (!metrics.isEmpty()) {
      return MetricNames.of(metrics);
    }
    List<String> both =
        HEADLINES.stream()
            .filter(a.measure().metrics()::contains)
            .filter(b.measure().metrics()::contains)
            .toList();
    if (both.isEmpty()) {
      List<String> others =
          a.measure().metrics().stream().filter(b.measure().metrics()::contains).toList();
      throw new CommandException(
          Exit.USAGE,
          "initlab: the runs do not both measure loss or error; choose with --metric. "
              + (others.isEmpty()
                  ? "They have no metric in common."
                  : "Both measure " + String.join(", ", others) + "."));
    }
    return both;
  }

  private static long measured(long step, Study a, Study b) throws CommandException {
    for (Study study : List.of(a, b)) {
      if (!study.measure().at().contains(step)) {
        throw new CommandException(
            Exit.USAGE,
            "initlab: "
                + study.runName()
                + " did not measure after "
                + step
                + " updates, but after "
                + study.measure().at().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
                + ".");
      }
    }
    return step;
  }

  /** Every metric that was asked for has rows. */
  private static void require(
      List<String> wanted, List<Differences.Count> counts, Comparison comparison)
      throws CommandException {
    List<String> there = counts.stream().map(Differences.Count::metric).toList();
    for (String metric : wanted) {
      if (there.stream().noneMatch(name -> names(metric, name))) {
        throw new CommandException(Exit.USAGE, "initlab: " + unknown(metric, comparison));
      }
    }
  }

  private static boolean names(String metric, String name) {
    return name.equals(metric) || name.startsWith(metric + "/");
  }

  private static String unknown(String metric, Comparison comparison) {
    TreeSet<String> all = new TreeSet<>();
    List<Side> sides = new ArrayList<>();
    for (Side side : Side.values()) {
      if (comparison.metrics(side).stream().anyMatch(name -> names(metric, name))) {
        sides.add(side);
      }
      comparison.metrics(side).stream()
          .flatMap(name -> Stream.of(name, name.replaceFirst("/[^/]*$", "")))
          .forEach(all::add);
    }
    return sides.isEmpty()
        ? Nearest.unknown("metric", metric, all)
        : "no trial that is paired has the metric " + metric + ".";
  }
}
