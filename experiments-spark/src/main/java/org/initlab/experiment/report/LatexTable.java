package org.initlab.experiment.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A LaTeX table with the rules of booktabs.
 *
 * @param alignment a letter a column, as {@code tabular} takes them
 * @param headings plain text
 * @param lines cells in LaTeX
 * @param pages whether it runs over several pages
 */
record LatexTable(
    String alignment, List<String> headings, List<List<String>> lines, boolean pages) {

  /** The table's source, to be read by {@code \input}. */
  String text(String says) {
    String environment = pages ? "longtable" : "tabular";
    StringBuilder text = new StringBuilder();
    text.append("% ").append(says).append(".\n");
    text.append("% Needs ")
        .append(pages ? "the packages booktabs and longtable.\n" : "the package booktabs.\n");
    text.append("\\begin{").append(environment).append("}{").append(alignment).append("}\n");
    text.append("\\toprule\n");
    text.append(row(headings.stream().map(LatexText::of).toList()));
    text.append("\\midrule\n");
    text.append(pages ? "\\endhead\n\\bottomrule\n\\endfoot\n" : "");
    lines.forEach(line -> text.append(row(line)));
    text.append(pages ? "" : "\\bottomrule\n");
    return text.append("\\end{").append(environment).append("}\n").toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" & ", "", " \\\\\n"));
  }
}
