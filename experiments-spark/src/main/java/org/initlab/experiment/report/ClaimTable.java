package org.initlab.experiment.report;

import java.util.List;
import java.util.stream.Stream;

/** The claims with their verdicts, as tables for other programs. */
final class ClaimTable {

  private ClaimTable() {}

  /** A line a claim, numbers in full precision. */
  static String csv(List<Verdict> verdicts) {
    List<String> columns =
        List.of(
            "id",
            "source",
            "says",
            "verdict",
            "measured",
            "reference",
            "low",
            "high",
            "n",
            "p",
            "note");
    List<List<Object>> rows =
        verdicts.stream()
            .map(
                v ->
                    List.<Object>of(
                        v.claim().id(),
                        v.claim().source(),
                        v.claim().says(),
                        v.word().says(),
                        v.measured(),
                        v.reference(),
                        v.low(),
                        v.high(),
                        v.n(),
                        v.p(),
                        v.note()))
            .toList();
    return new Table(columns, rows).csv();
  }

  /** A LaTeX tabular with booktabs rules. */
  static String latex(List<Verdict> verdicts) {
    List<List<String>> lines =
        verdicts.stream()
            .map(
                v ->
                    Stream.of(
                            v.claim().source(),
                            v.claim().says(),
                            Text.brief(v.measured()),
                            Text.brief(v.reference()),
                            v.n(),
                            v.word().says())
                        .map(LatexText::of)
                        .toList())
            .toList();
    return new LatexTable(
            "lp{0.45\\linewidth}rrrl",
            List.of("Source", "Claim", "Measured", "Reference", "n", "Verdict"),
            lines,
            false)
        .text("Claims and what was measured");
  }
}
