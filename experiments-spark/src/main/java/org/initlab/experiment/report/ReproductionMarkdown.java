package org.initlab.experiment.report;

import static org.initlab.experiment.report.Text.brief;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of all claims as two tables in Markdown, for a README: a row a paper, and a row a
 * claim.
 *
 * @param digests the studies
 */
record ReproductionMarkdown(List<Digest> digests) {

  ReproductionMarkdown {
    digests = List.copyOf(digests);
  }

  /** A row a paper, studies of one paper together: how many claims have which verdict. */
  String papers() {
    Map<String, List<Digest>> papers =
        digests.stream()
            .collect(
                Collectors.groupingBy(
                    ReproductionMarkdown::paper, LinkedHashMap::new, Collectors.toList()));
    StringBuilder out =
        new StringBuilder(
            row(
                "paper",
                "studies",
                "reproduced",
                "not reproduced",
                "inconclusive",
                "trials",
                "core time"));
    out.append(row("---", "---", "---:", "---:", "---:", "---:", "---:"));
    papers.forEach(
        (paper, those) ->
            out.append(
                row(
                    cell(paper),
                    those.stream().map(d -> cell(d.study())).collect(Collectors.joining(", ")),
                    those)));
    return out.append(row("**all**", "", digests)).toString();
  }

  private static String row(String paper, String names, List<Digest> studies) {
    return row(
        paper,
        names,
        count(studies, Verdict.Word.REPRODUCED),
        count(studies, Verdict.Word.NOT_REPRODUCED),
        count(studies, Verdict.Word.INCONCLUSIVE, Verdict.Word.ERROR),
        String.format(Locale.ROOT, "%,d", studies.stream().mapToLong(Digest::planned).sum()),
        ReproductionTable.time(studies.stream().mapToDouble(Digest::seconds).sum()));
  }

  private static String count(List<Digest> studies, Verdict.Word... words) {
    List<String> verdicts = Stream.of(words).map(Verdict.Word::says).toList();
    return Long.toString(
        studies.stream()
            .flatMap(d -> d.claims().stream())
            .filter(c -> verdicts.contains(c.verdict()))
            .count());
  }

  /** A row a claim, in the order of the studies. */
  String claims() {
    StringBuilder out =
        new StringBuilder(
            row("paper", "claim", "source", "expected", "ours", "95 % interval", "n", "verdict"));
    out.append(row("---", "---", "---", "---:", "---:", "---:", "---:", "---"));
    for (Digest d : digests) {
      for (Digest.Line c : d.claims()) {
        boolean interval = !c.low().isEmpty() || !c.high().isEmpty();
        boolean reproduced = c.verdict().equals(Verdict.Word.REPRODUCED.says());
        out.append(
            row(
                cell(paper(d)),
                cell(c.says()),
                cell(c.source()),
                cell(brief(c.reference())),
                cell(brief(c.measured())),
                interval ? cell(brief(c.low()) + " to " + brief(c.high())) : "",
                cell(c.n()),
                reproduced ? c.verdict() : "**" + c.verdict() + "**"));
      }
    }
    return out.toString();
  }

  private static String paper(Digest d) {
    return d.cite().isEmpty() ? d.study() : d.cite();
  }

  private static String row(String... cells) {
    return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Text that no reader of Markdown takes for markup. */
  private static String cell(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>|~$])", "\\\\$1");
  }
}
