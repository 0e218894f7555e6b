package org.initlab.notebook.kernel;

import java.util.List;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.rapaio.jupyter.kernel.display.DisplayData;

/** Javadoc as a tooltip shows it. */
final class JavadocText {

  private JavadocText() {}

  static DisplayData of(List<Documentation> found) {
    DisplayData data =
        DisplayData.fromHtml(found.stream().map(JavadocText::html).collect(Collectors.joining()));
    data.putText(found.stream().map(JavadocText::text).collect(Collectors.joining("\n")));
    return data;
  }

  private static String html(Documentation one) {
    String comment = one.javadoc() == null ? "" : inline(one.javadoc(), "<code>", "</code>");
    String body = comment.replaceAll("(?m)^\\s*@(\\w+)", "<br><b>$1</b>");
    return "<p><b><code>" + escaped(one.signature()) + "</code></b></p><p>" + body + "</p>";
  }

  private static String text(Documentation one) {
    String comment = one.javadoc() == null ? "" : inline(one.javadoc(), "", "");
    String plain =
        comment
            .replaceAll("<[^>]+>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
    return one.signature() + "\n" + plain.strip() + "\n";
  }

  private static String inline(String comment, String open, String close) {
    return comment
        .replaceAll("\\{@(?:code|literal)\\s+([^{}]*)}", open + "$1" + close)
        .replaceAll("\\{@link(?:plain)?\\s+([^{}]*)}", open + "$1" + close);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
