package org.initlab.experiment.report;

import static org.initlab.experiment.report.Text.brief;
import static org.initlab.experiment.report.Text.html;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.initlab.experiment.Study;

/**
 * The page of a report: everything in one file. Each part below is HTML; what goes in is escaped
 * where it is put.
 *
 * @param study the question
 * @param summary its answer in brief
 * @param choices what it chose, if it chooses
 * @param drawings its figures
 * @param failures its failed trials
 * @param provenance where the numbers come from
 */
record Page(
    Study study,
    Summary summary,
    Optional<ChoiceTable> choices,
    List<Drawing> drawings,
    List<Failure> failures,
    Map<String, String> provenance) {

  private static final int MOST_FAILURES = 200;

  /** A figure's id as the name of a file and an element. */
  static String file(Study.Figure figure) {
    return figure.id().replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^\\.", "-");
  }

  String whole() {
    boolean draws = drawings.stream().anyMatch(d -> d.kind() == Drawing.Kind.DRAWN);
    return Frame.around(study.name(), body(""), draws);
  }

  /**
   * What stands between the page's head and its scripts, to be put beside that of other studies.
   *
   * @param mark before every id, to keep those of several studies apart
   */
  String body(String mark) {
    return head()
        + counts()
        + claims(mark)
        + choices.map(ChoiceTable::section).orElse("")
        + figures(mark)
        + failedTrials()
        + origin();
  }

  private String head() {
    return """
        <header>
        <p class="kind">InitLab study</p>
        <h1>%s</h1>
        <p class="question">%s</p>
        %s</header>
        """
        .formatted(
            html(study.name()),
            html(study.question()),
            study.paper().map(Page::citation).orElse(""));
  }

  private static String citation(Study.Paper paper) {
    String title = "<cite>" + html(paper.title()) + "</cite>";
    boolean web = paper.link().matches("https?://.*");
    return "<p class=\"paper\">%s. %s</p>\n"
        .formatted(
            html(paper.cite()),
            web ? "<a href=\"" + html(paper.link()) + "\">" + title + "</a>" : title);
  }

  private String counts() {
    Summary.Counts c = summary.counts();
    return "<dl class=\"counts\">\n"
        + count("trials planned", c.planned(), "")
        + count("completed", c.completed(), "completed")
        + count("diverged", c.diverged(), "diverged")
        + count("failed", c.failed(), "failed")
        + count("not run", c.missing(), "missing")
        + (c.beyond() > 0 ? count("stored beyond the plan", c.beyond(), "") : "")
        + "</dl>\n";
  }

  private static String count(String name, long value, String kind) {
    return "<div class=\"%s\"><dt>%s</dt><dd>%,d</dd></div>\n"
        .formatted(value == 0 ? "none" : kind, name, value);
  }

  private String claims(String mark) {
    if (summary.verdicts().isEmpty()) {
      return "";
    }
    String rows =
        summary.verdicts().stream().map(v -> claim(v, mark)).collect(Collectors.joining());
    return """
        <section>
        <h2>Claims</h2>
        <div class="wide"><table class="claims">
        <thead><tr><th>Verdict</th><th>Claim</th><th class="number">Measured</th>\
        <th class="number">Interval</th><th class="number">n</th>\
        <th class="number">Reference</th></tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        </section>
        """
        .formatted(rows);
  }

  private static String claim(Verdict v, String mark) {
    String interval =
        v.low().isEmpty() && v.high().isEmpty() ? "" : brief(v.low()) + " to " + brief(v.high());
    return """
        <tr id="claim-%s"><td><span class="verdict %s">%s</span></td>
        <td><p>%s</p><p class="source">%s</p>%s
        <details><summary>Query</summary><pre>%s</pre></details></td>
        <td class="number">%s</td><td class="number">%s</td><td class="number">%s</td>\
        <td class="number">%s</td></tr>
        """
        .formatted(
            html(mark + v.claim().id()),
            v.word().says().replace(' ', '-'),
            v.word().says(),
            html(v.claim().says()),
            html(v.claim().source()),
            v.note().isEmpty() ? "" : "<p class=\"note\">" + html(v.note()) + "</p>",
            html(v.claim().sql().strip()),
            html(brief(v.measured())),
            html(interval) + (v.p().isEmpty() ? "" : "<br>p = " + html(brief(v.p()))),
            html(v.n()),
            html(brief(v.reference())));
  }

  private String figures(String mark) {
    return "<section>\n<h2>Figures</h2>\n"
        + drawings.stream().map(d -> figure(d, mark)).collect(Collectors.joining())
        + "</section>\n";
  }

  static String figure(Drawing d, String mark) {
    String file = html(file(d.figure()));
    String id = html(mark) + file;
    String picture =
        d.kind() == Drawing.Kind.DRAWN
            ? """
              <div class="wide"><div class="picture" data-spec="spec-%s"></div></div>
              <script type="application/json" id="spec-%s">%s</script>
              """
                .formatted(id, id, d.spec().replace("<", "\\u003c"))
            : "<h3>%s</h3>\n<p class=\"%s\">%s</p>\n"
                .formatted(
                    html(d.figure().title()),
                    d.kind() == Drawing.Kind.EMPTY ? "nodata" : "wrong",
                    html(d.message()));
    String download =
        d.csv().isEmpty()
            ? ""
            : "<a download=\"%s.csv\" href=\"data:text/csv;charset=utf-8;base64,%s\">CSV</a>"
                .formatted(
                    file,
                    Base64.getEncoder().encodeToString(d.csv().getBytes(StandardCharsets.UTF_8)));
    String origin =
        d.figure().sql().isEmpty()
            ? "<p>%s</p>".formatted(download)
            : "<p>%s %s</p><pre>%s</pre>"
                .formatted(
                    download,
                    d.csv().isEmpty()
                        ? ""
                        : "(also <code>figures/" + file + ".csv</code>), the rows of",
                    html(d.figure().sql().strip()));
    return """
        <figure id="figure-%s">
        %s<figcaption><p>%s</p>
        <details class="data"><summary>Data</summary>%s</details></figcaption>
        </figure>
        """
        .formatted(id, picture, html(d.figure().says()), origin);
  }

  private String failedTrials() {
    if (failures.isEmpty()) {
      return "";
    }
    String rows =
        failures.stream()
            .limit(MOST_FAILURES)
            .map(
                f ->
                    "<tr><td><code>%s</code></td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                            html(f.id()),
                            html(
                                f.cell().entrySet().stream()
                                        .map(e -> e.getKey() + " " + e.getValue())
                                        .collect(Collectors.joining(", "))
                                    + ", repeat "
                                    + f.repeat()),
                            html(f.error())))
            .collect(Collectors.joining());
    String more =
        failures.size() > MOST_FAILURES
            ? "<p>And %,d more.</p>\n".formatted(failures.size() - MOST_FAILURES)
            : "";
    return """
        <section>
        <h2>Failed trials</h2>
        <p>Each has its full error in <code>logs/&lt;trial&gt;.log</code> of the run folder; they \
        are run again on resume.</p>
        <div class="wide"><table>
        <thead><tr><th>Trial</th><th>Cell</th><th>Error</th></tr></thead>
        <tbody>
        %s</tbody>
        </table></div>
        %s</section>
        """
        .formatted(rows, more);
  }

  private String origin() {
    if (provenance.isEmpty()) {
      return "";
    }
    String rows =
        provenance.entrySet().stream()
            .map(
                e ->
                    "<tr><th scope=\"row\">%s</th><td>%s</td></tr>\n"
                        .formatted(html(e.getKey()), html(e.getValue())))
            .collect(Collectors.joining());
    return """
        <section>
        <h2>Provenance</h2>
        <div class="wide"><table class="provenance">
        %s</table></div>
        </section>
        """
        .formatted(rows);
  }
}
