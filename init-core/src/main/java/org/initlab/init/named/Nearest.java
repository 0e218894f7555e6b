package org.initlab.init.named;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The valid name that a misspelt one most likely meant, by edit distance. */
public final class Nearest {

  private Nearest() {}

  /** The nearest of {@code names}, if it is near enough to be meant. */
  public static Optional<String> to(String word, Collection<String> names) {
    String plain = plain(word);
    return names.stream()
        .min(Comparator.comparingInt((String n) -> distance(plain, plain(n))).thenComparing(n -> n))
        .filter(n -> distance(plain, plain(n)) <= Math.max(2, n.length() / 3));
  }

  /** {@code " Maybe NAME."} with a leading space, or nothing. */
  public static String maybe(String word, Collection<String> names) {
    return to(word, names).map(n -> " Maybe " + n + ".").orElse("");
  }

  /** The sentence that says that a word is none of {@code names}, and which it perhaps is. */
  public static String unknown(String what, String word, Collection<String> names) {
    return what
        + " '"
        + word
        + "' is not known. Allowed: "
        + String.join(", ", names)
        + "."
        + maybe(word, names);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
