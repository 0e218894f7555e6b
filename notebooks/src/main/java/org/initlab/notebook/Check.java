package org.initlab.notebook;

import java.util.Locale;

/**
 * Statements of a lesson that are checked where they stand: one that does not hold is an error of
 * its cell.
 */
public final class Check {

  private Check() {}

  /** Says {@code what} if it holds. */
  public static void that(String what, boolean holds) {
    if (!holds) {
      throw new IllegalStateException("This does not hold: " + what);
    }
    System.out.println("holds: " + what);
  }

  /** Says that a number is near another, both given to five digits. */
  public static void near(String what, double actual, double expected, double within) {
    String text =
        String.format(
            Locale.ROOT,
            "%s is %s, expected %s within %s",
            what,
            Numbers.brief(actual),
            Numbers.brief(expected),
            Numbers.brief(within));
    that(text, Math.abs(actual - expected) <= within);
  }
}
