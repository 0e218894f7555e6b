package org.initlab.experiment.report;

import static org.initlab.experiment.report.Text.html;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every page of this house has around its body: head, style, and the scripts that draw. */
final class Frame {

  private Frame() {}

  /** The page; with what draws figures if {@code draws}. */
  static String around(String title, String body, boolean draws) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <link rel="icon" href="data:,">
        <style>
        %s</style>
        </head>
        <body>
        <main>
        """
            .formatted(html(title), Resource.own("page.css"))
        + body
        + "</main>\n"
        + (draws ? scripts() : "")
        + "</body>\n</html>\n";
  }

  private static String scripts() {
    return Stream.concat(VegaScripts.all().stream(), Stream.of(Resource.own("page.js")))
        .map(script -> script.replace("</script", "<\\/script").replace("<!--", "<\\!--"))
        .collect(Collectors.joining("</script>\n<script>", "<script>", "</script>\n"));
  }
}
