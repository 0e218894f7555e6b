package org.initlab.notebook;

import java.util.Optional;

/**
 * What a cell shows of a value.
 *
 * @param html for every front end that shows HTML
 * @param text for the others
 * @param vegaLite a whole Vega-Lite specification, for front ends that draw it themselves
 */
public record Shown(String html, String text, Optional<String> vegaLite) {

  /** A value that shows itself. */
  @FunctionalInterface
  public interface Self {

    /** What a cell shows of this. */
    Shown shown();
  }

  /** Something without a figure. */
  public static Shown of(String html, String text) {
    return new Shown(html, text, Optional.empty());
  }

  /**
   * Text as it stands, in lines; no more than {@code most} characters, with a count of the rest.
   */
  public static Shown plain(String text, int most) {
    int left = text.length() - most;
    String cut =
        left <= 0
            ? text
            : text.substring(0, most)
                + String.format(java.util.Locale.ROOT, "%n... and %,d characters more", left);
    return of("<pre>" + escaped(cut) + "</pre>", cut);
  }

  /** Fit for the inside of an HTML element or a quoted attribute. */
  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
