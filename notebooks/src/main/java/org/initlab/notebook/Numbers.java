package org.initlab.notebook;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {

  private static final MathContext DIGITS = new MathContext(5);

  private Numbers() {}

  /** A number to five digits; nothing for nothing; other values as they say themselves. */
  static String brief(Object value) {
    if (value == null) {
      return "";
    }
    if (!(value instanceof Double || value instanceof Float)) {
      return value.toString();
    }
    return brief(((Number) value).doubleValue());
  }

  static String brief(double x) {
    if (!Double.isFinite(x)) {
      return Double.isNaN(x) ? "NaN" : x > 0 ? "infinite" : "-infinite";
    }
    double size = Math.abs(x);
    if (size != 0 && (size < 1e-4 || size >= 1e7)) {
      return String.format(Locale.ROOT, "%.3e", x);
    }
    String plain = new BigDecimal(x).round(DIGITS).stripTrailingZeros().toPlainString();
    return plain;
  }
}
