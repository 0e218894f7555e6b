package org.initlab.experiment.report;

/** Text as people read it. */
final class Text {

  private Text() {}

  /** A number to four digits; other text as it is. */
  static String brief(String text) {
    try {
      double value = Double.parseDouble(text);
      if (!Double.isFinite(value) || text.matches("[-+]?\\d+")) {
        return text;
      }
      double size = Math.abs(value);
      if (size != 0 && (size < 1e-3 || size >= 1e5)) {
        return String.format(java.util.Locale.ROOT, "%.2e", value);
      }
      return new java.math.BigDecimal(value)
          .round(new java.math.MathContext(4))
          .stripTrailingZeros()
          .toPlainString();
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /** What went wrong, in a line. */
  static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.strip().lines().findFirst().orElse("").strip();
  }

  /** Fit for the inside of an HTML element or a quoted attribute. */
  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
