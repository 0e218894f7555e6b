package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names of schemes for a legend. Those of one rule with several arguments, {@code
 * by_role(hidden=orthogonal, output=lecun_normal)}, are told apart by the arguments that they do
 * not share: {@code hidden=orthogonal}. A name that stands alone, and a short one, stays.
 */
final class SchemeLabels {

  private static final int SHORT = 40;

  private SchemeLabels() {}

  /** Scheme to label; no two labels are the same. */
  static Map<String, String> of(List<String> schemes) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String scheme : schemes) {
      List<List<String>> rivals =
          schemes.stream()
              .filter(s -> !s.equals(scheme) && rule(s).equals(rule(scheme)))
              .map(SchemeLabels::arguments)
              .toList();
      List<String> own = new ArrayList<>(arguments(scheme));
      own.removeIf(argument -> rivals.stream().allMatch(rival -> rival.contains(argument)));
      boolean shorten = scheme.length() > SHORT && !rivals.isEmpty() && !own.isEmpty();
      labels.put(scheme, shorten ? String.join(", ", own) : scheme);
    }
    Set<String> different = new LinkedHashSet<>(labels.values());
    return different.size() == labels.size()
        ? labels
        : schemes.stream()
            .collect(Collectors.toMap(s -> s, s -> s, (a, b) -> a, LinkedHashMap::new));
  }

  private static String rule(String scheme) {
    int open = scheme.indexOf('(');
    return open < 0 ? scheme : scheme.substring(0, open);
  }

  /** What stands between the outer parentheses, cut at its own commas. */
  private static List<String> arguments(String scheme) {
    List<String> arguments = new ArrayList<>();
    int open = scheme.indexOf('(');
    int start = open + 1;
    int deep = 0;
    for (int i = start; open >= 0 && i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      if ((c == ',' || c == ')') && deep == 0) {
        arguments.add(scheme.substring(start, i).strip());
        start = i + 1;
      }
      deep += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return arguments;
  }
}
