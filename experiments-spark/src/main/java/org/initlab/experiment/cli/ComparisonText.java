package org.initlab.experiment.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.initlab.experiment.Study;
import org.initlab.experiment.report.Comparison;
import org.initlab.experiment.report.Comparison.Side;
import org.initlab.experiment.report.Differences;
import org.initlab.experiment.report.Pairing;
import org.initlab.experiment.report.Results.Rows;

/** What {@code initlab compare} says. */
final class ComparisonText {

  private static final int WIDEST = 48;
  private static final int EXAMPLES = 3;
  static final double LEVEL = 0.05;

  private ComparisonText() {}

  /** The two runs and how far each is. */
  static String runs(RunBrief a, RunBrief b) {
    TextTable table =
        new TextTable(
            Set.of(0, 1),
            "",
            "Run",
            "Planned",
            "Completed",
            "Diverged",
            "Failed",
            "Missing",
            "Started");
    for (Map.Entry<String, RunBrief> one : new TreeMap<>(Map.of("A", a, "B", b)).entrySet()) {
      RunBrief run = one.getValue();
      table.row(
          one.getKey(),
          run.where(),
          whole(run.planned()),
          whole(run.count("completed")),
          whole(run.count("diverged")),
          whole(run.count("failed")),
          whole(run.missing()),
          run.started().replaceFirst("\\.\\d+Z$", "Z"));
    }
    return table.text() + unfinished("A", a) + unfinished("B", b);
  }

  private static String unfinished(String side, RunBrief run) {
    return run.missing() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%s is not finished: %,d of %,d trials are missing%s. What is there is compared.%n",
            side,
            run.missing(),
            run.planned(),
            run.running() ? ", and it runs" : "");
  }

  /** In what settings, code, machine and data they differ. */
  static String facts(RunFacts a, RunFacts b) {
    List<RunFacts.Difference> differences = a.against(b);
    if (differences.isEmpty()) {
      return String.format("%nSettings, code, machine and data are the same.%n");
    }
    TextTable table = new TextTable(Set.of(0, 1, 2), "What differs", "A", "B");
    for (RunFacts.Difference d : differences) {
      table.row(d.what(), brief(d.a(), d.b()), brief(d.b(), d.a()));
    }
    String alike = String.join(", ", a.alike(b));
    String seeds =
        differences.stream().anyMatch(d -> d.what().equals("seed"))
            ? String.format(
                "The seeds differ: trials of one repeat share no random numbers, so that pairing"
                    + " them gains nothing.%n")
            : "";
    return String.format("%n%s", table.text())
        + seeds
        + (alike.isEmpty() ? "" : String.format("The same in both: %s.%n", alike));
  }

  /** A long list is told by what the other one lacks. */
  private static String brief(String text, String other) {
    if (text.length() <= WIDEST) {
      return text;
    }
    String separator = text.contains("; ") ? "; " : ", ";
    Set<String> there = new HashSet<>(Arrays.asList(other.split(separator)));
    String lacking =
        Arrays.stream(text.split(separator))
            .filter(part -> !there.contains(part))
            .collect(Collectors.joining(separator));
    String told = lacking.isEmpty() ? "..." : "... " + lacking;
    return told.length() <= 2 * WIDEST ? told : told.substring(0, 2 * WIDEST - 3) + "...";
  }

  /** How many cells and trials belong together, and some of those that do not. */
  static String cells(Comparison comparison, Comparison.Cells cells) {
    StringBuilder text = new StringBuilder();
    Pairing pairing = comparison.pairing();
    text.append(
        String.format(
            Locale.ROOT,
            "%ncells    %,d in both runs, paired by %s; %,d in A only, %,d in B only%n",
            cells.both(),
            pairing.shared().isEmpty() ? "repeat alone" : String.join(", ", pairing.shared()),
            cells.only().get(Side.A),
            cells.only().get(Side.B)));
    crossed(text, pairing.onlyA(), "A", "B");
    crossed(text, pairing.onlyB(), "B", "A");
    for (Side side : Side.values()) {
      if (cells.only().get(side) > 0) {
        Rows only = comparison.only(side, EXAMPLES);
        for (List<Object> row : only.rows()) {
          text.append(String.format(Locale.ROOT, "         only %s: %s%n", side, cell(only, row)));
        }
        long more = cells.only().get(side) - only.rows().size();
        text.append(more > 0 ? String.format(Locale.ROOT, "         and %,d more%n", more) : "");
      }
    }
    text.append(String.format(Locale.ROOT, "pairs    %,d of trials", cells.pairs()));
    for (Side side : Side.values()) {
      long unpaired = cells.unpaired().get(side);
      text.append(
          unpaired == 0
              ? ""
              : String.format(
                  Locale.ROOT, "; %,d of %s in those cells have no partner", unpaired, side));
    }
    return text.append(String.format("%n")).toString();
  }

  private static void crossed(StringBuilder text, List<String> axes, String of, String other) {
    for (String axis : axes) {
      text.append(
          String.format(
              "         %s is an axis of %s alone: each of its cells stands against the one of"
                  + " %s%n",
              axis, of, other));
    }
  }

  private static String cell(Rows rows, List<Object> row) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < row.size() - 1; i++) {
      parts.add(rows.columns().get(i) + " " + row.get(i));
    }
    return String.join(", ", parts) + " (" + row.get(row.size() - 1) + " trials)";
  }

  /** Why no cell is shared: the axes whose values the other run does not have. */
  static String nothingShared(Comparison comparison, Study a, Study b) {
    for (String axis : comparison.pairing().shared()) {
      Set<String> left = a.grid().values(axis);
      Set<String> right = b.grid().values(axis);
      if (left.stream().noneMatch(right::contains)) {
        return "the runs share no cell: "
            + axis
            + " is "
            + String.join(", ", left)
            + " in A and "
            + String.join(", ", right)
            + " in B.";
      }
    }
    return "the runs share no pair of trials: no cell has a trial of the same repeat in both.";
  }

  /** Whether the numbers are the same to the bit. */
  static String equality(Comparison.Cells cells, Comparison.Equality equality) {
    if (equality.equalPairs() < cells.pairs()) {
      return String.format(
          Locale.ROOT,
          "         %,d of them equal bit for bit in all their numbers%n",
          equality.equalPairs());
    }
    return String.format(
        Locale.ROOT,
        "no difference: %,d of %,d numbers equal bit for bit%n",
        equality.equalNumbers(),
        equality.numbers());
  }

  /** The table of differences, cut where it is long. */
  static String differences(
      Differences differences, List<Differences.Count> counts, Pairing pairing, int most) {
    long count = counts.stream().mapToLong(Differences.Count::rows).sum();
    Rows rows = count > most ? differences.byP(most) : differences.inOrder(most);
    StringBuilder text = new StringBuilder(String.format("%n"));
    text.append(new DifferenceTable(pairing.columns(), rows).text());
    if (rows.cut()) {
      text.append(
          String.format(
              Locale.ROOT,
              "The %,d of %,d rows with the smallest p-values; --rows N shows more, --csv FILE keeps"
                  + " all.%n",
              rows.rows().size(),
              count));
    }
    text.append(
        String.format(
            "B - A of paired repeats, with a 95 %% interval (Student's, from 10 pairs on of the"
                + " bootstrap); p of a%npaired t-test, two-sided, corrected by Holm for all rows. A"
                + " cell with a lost number has no mean.%n%n"));
    for (Differences.Count one : counts) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: of %,d rows, B is below A in %,d and above in %,d (corrected p below %s); %,d have"
                  + " lost numbers%n",
              one.metric(),
              one.rows(),
              one.below(),
              one.above(),
              LEVEL,
              one.lost()));
    }
    return text.toString();
  }

  static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
