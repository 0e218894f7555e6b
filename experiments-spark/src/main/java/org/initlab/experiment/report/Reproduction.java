package org.initlab.experiment.report;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.initlab.experiment.store.RunFolder;

/**
 * The reports of several studies as one: a table of all their claims, then each study's page. It is
 * put together from the reports in their run folders, so no trial and no query is run again.
 */
public final class Reproduction {

  private static final Set<String> CONTENT = Set.of("index.html", "tables");

  /** What a page says below each figure, and holds nothing of its kind. */
  private static final Pattern DATA =
      Pattern.compile("<details class=\"data\">.*?</details>", Pattern.DOTALL);

  private final List<Digest> digests = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();

  private Reproduction() {}

  /**
   * The reproduction that these run folders hold, in their order.
   *
   * @throws IOException if one of them has no report, or one of an older form
   */
  public static Reproduction of(List<RunFolder> runFolders) throws IOException {
    Reproduction reproduction = new Reproduction();
    for (RunFolder run : runFolders) {
      reproduction.digests.add(Digest.read(text(run, Report.SUMMARY)));
      reproduction.bodies.add(text(run, Report.BODY));
    }
    return reproduction;
  }

  private static String text(RunFolder run, String file) throws IOException {
    return run.readReport(file)
        .orElseThrow(
            () -> new NoSuchFileException(run.place().child("report").child(file).toString()));
  }

  /** Whether this run folder has a report that can be part of a reproduction. */
  public static boolean canTake(RunFolder run) throws IOException {
    return run.readReport(Report.SUMMARY).isPresent() && run.readReport(Report.BODY).isPresent();
  }

  /** The studies in brief. */
  public List<Digest> digests() {
    return List.copyOf(digests);
  }

  /**
   * Writes index.html and the tables of claims as CSV, LaTeX and Markdown; an older one is replaced
   * when the new one is whole.
   *
   * @param out folder of the reproduction; not one that holds anything else
   * @param data whether the page offers the tables behind its figures
   */
  public void write(Path out, boolean data) throws IOException {
    WholeFolder target = new WholeFolder(out, CONTENT);
    target.refuseForeign();
    ReproductionTable table = new ReproductionTable(digests);
    Map<String, String> files = new TreeMap<>();
    files.put("index.html", page(table, data));
    files.put("tables/claims.csv", table.csv());
    files.put("tables/claims.tex", table.latex());
    ReproductionMarkdown markdown = new ReproductionMarkdown(digests);
    files.put("tables/claims.md", markdown.claims());
    files.put("tables/papers.md", markdown.papers());
    target.replace(files);
  }

  private String page(ReproductionTable table, boolean data) {
    StringBuilder body = new StringBuilder(table.head());
    for (int i = 0; i < bodies.size(); i++) {
      body.append("<article class=\"study\" id=\"study-")
          .append(Text.html(digests.get(i).study()))
          .append("\">\n")
          .append(data ? bodies.get(i) : DATA.matcher(bodies.get(i)).replaceAll(""))
          .append("<p><a href=\"#top\">To the table of claims</a></p>\n</article>\n");
    }
    boolean draws = bodies.stream().anyMatch(b -> b.contains("class=\"picture\""));
    return Frame.around("InitLab: a reproduction report", body.toString(), draws);
  }
}
