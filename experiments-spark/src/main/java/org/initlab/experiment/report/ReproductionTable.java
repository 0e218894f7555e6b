package org.initlab.experiment.report;

import static org.initlab.experiment.report.Text.brief;
import static org.initlab.experiment.report.Text.html;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All claims of several studies with what came of them: paper, claim, the value that the paper
 * gives or that follows from it, ours, the verdict, and what it cost.
 *
 * @param digests the studies
 */
record ReproductionTable(List<Digest> digests) {

  ReproductionTable {
    digests = List.copyOf(digests);
  }

  private long count(Verdict.Word word) {
    return digests.stream()
        .flatMap(d -> d.claims().stream())
        .filter(c -> c.verdict().equals(word.says()))
        .count();
  }

  /** As the head of a page. */
  String head() {
    long claims = digests.stream().mapToLong(d -> d.claims().size()).sum();
    double seconds = digests.stream().mapToDouble(Digest::seconds).sum();
    String counts =
        number("studies", digests.size(), "")
            + number("claims", claims, "")
            + number("reproduced", count(Verdict.Word.REPRODUCED), "completed")
            + number("not reproduced", count(Verdict.Word.NOT_REPRODUCED), "failed")
            + number(
                "inconclusive",
                count(Verdict.Word.INCONCLUSIVE) + count(Verdict.Word.ERROR),
                "diverged");
    return """
        <header id="top">
        <p class="kind">InitLab reproduction</p>
        <h1>What papers on initialization say, and what came of it here</h1>
        <p class="question">Each row is a sentence of a paper and the number that decides it, computed anew. \
        Together the trials took %s of one core.</p>
        </header>
        <dl class="counts">
        %s</dl>
        <section>
        <h2>Claims</h2>
        <div class="wide"><table class="claims all">
        <thead><tr><th>Paper</th><th>Claim</th><th class="number">Expected</th>\
        <th class="number">Ours</th><th class="number">95 %% interval</th><th class="number">n</th>\
        <th>Verdict</th></tr></thead>
        %s</table></div>
        </section>
        """
        .formatted(
            time(seconds),
            counts,
            digests.stream().map(ReproductionTable::rows).collect(Collectors.joining()));
  }

  private static String number(String name, long value, String kind) {
    return "<div class=\"%s\"><dt>%s</dt><dd>%,d</dd></div>\n"
        .formatted(value == 0 ? "none" : kind, name, value);
  }

  private static String rows(Digest d) {
    StringBuilder rows = new StringBuilder("<tbody>\n");
    String paper =
        """
        <td rowspan="%d"><a href="#study-%s">%s</a><p class="source">%s</p>\
        <p class="source">%,d trials, %s%s</p></td>
        """
            .formatted(
                Math.max(1, d.claims().size()),
                html(d.study()),
                html(d.cite().isEmpty() ? d.study() : d.cite()),
                html(d.title()),
                d.planned(),
                time(d.seconds()),
                lost(d));
    if (d.claims().isEmpty()) {
      rows.append("<tr>").append(paper).append("<td colspan=\"6\">No claims.</td></tr>\n");
    }
    for (int i = 0; i < d.claims().size(); i++) {
      rows.append("<tr>").append(i == 0 ? paper : "").append(cells(d.claims().get(i)));
    }
    return rows.append("</tbody>\n").toString();
  }

  private static String lost(Digest d) {
    return (d.diverged() == 0 ? "" : ", " + d.diverged() + " diverged")
        + (d.failed() == 0 ? "" : ", " + d.failed() + " failed");
  }

  private static String cells(Digest.Line c) {
    String interval =
        c.low().isEmpty() && c.high().isEmpty() ? "" : brief(c.low()) + " to " + brief(c.high());
    return """
        <td class="says">%s<p class="source">%s</p></td><td class="number">%s</td><td class="number">%s</td>\
        <td class="number">%s%s</td><td class="number">%s</td>\
        <td><span class="verdict %s">%s</span></td></tr>
        """
        .formatted(
            html(c.says()),
            html(c.source()),
            html(brief(c.reference())),
            html(brief(c.measured())),
            html(interval),
            c.p().isEmpty() ? "" : "<br>p = " + html(brief(c.p())),
            html(c.n()),
            c.verdict().replace(' ', '-'),
            html(c.verdict()));
  }

  static String time(double seconds) {
    if (seconds < 90) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    return seconds < 5400
        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  /** A line a claim, numbers in full precision. */
  String csv() {
    List<String> columns =
        List.of(
            "study",
            "paper",
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
            "note",
            "study_seconds");
    List<List<Object>> rows =
        digests.stream()
            .flatMap(
                d ->
                    d.claims().stream()
                        .map(
                            c ->
                                List.<Object>of(
                                    d.study(),
                                    d.cite(),
                                    c.id(),
                                    c.source(),
                                    c.says(),
                                    c.verdict(),
                                    c.measured(),
                                    c.reference(),
                                    c.low(),
                                    c.high(),
                                    c.n(),
                                    c.p(),
                                    c.note(),
                                    d.seconds())))
            .toList();
    return new Table(columns, rows).csv();
  }

  /** A LaTeX longtable with booktabs rules. */
  String latex() {
    StringBuilder lines = new StringBuilder();
    for (Digest d : digests) {
      for (Digest.Line c : d.claims()) {
        lines.append(
            List.of(
                    d.cite().isEmpty() ? d.study() : d.cite(),
                    c.source(),
                    c.says(),
                    brief(c.reference()),
                    brief(c.measured()),
                    c.n(),
                    c.verdict())
                .stream()
                .map(LatexText::of)
                .collect(Collectors.joining(" & ", "", " \\\\\n")));
      }
    }
    return """
        % Needs the packages booktabs and longtable.
        \\begin{longtable}{p{0.14\\linewidth}p{0.12\\linewidth}p{0.3\\linewidth}rrrl}
        \\toprule
        Paper & Source & Claim & Expected & Ours & n & Verdict \\\\
        \\midrule
        \\endhead
        """
        + lines
        + """
        \\bottomrule
        \\end{longtable}
        """;
  }
}
