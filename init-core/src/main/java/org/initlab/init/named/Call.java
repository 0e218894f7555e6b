package org.initlab.init.named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of {@code name} or {@code name(parameter=value, ...)}, as written and not yet
 * understood.
 *
 * @param name what stands before the parenthesis
 * @param arguments the values by parameter, in the order written
 */
record Call(String name, Map<String, String> arguments) {

  /** Takes {@code text} apart; a text of another form is refused. */
  static Call parse(String text) {
    String trimmed = text.strip();
    int open = trimmed.indexOf('(');
    String name = (open < 0 ? trimmed : trimmed.substring(0, open)).strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" names no initializer; write a name like glorot_uniform.");
    }
    boolean closed = trimmed.endsWith(")");
    if (open < 0 ? trimmed.indexOf(')') >= 0 : !closed || misplaced(trimmed, open)) {
      throw new IllegalArgumentException(
          name + ": unbalanced parenthesis in \"" + text + "\"; write name(parameter=value).");
    }
    Map<String, String> arguments = new LinkedHashMap<>();
    String inside = open < 0 ? "" : trimmed.substring(open + 1, trimmed.length() - 1);
    if (!inside.isBlank()) {
      for (String part : parts(inside)) {
        argument(name, part, arguments);
      }
    }
    return new Call(name, arguments);
  }

  /** {@code GlorotUniform}, {@code glorot-uniform} and {@code glorot_uniform} as the last. */
  static String snake(String word) {
    return word.strip()
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[- ]+", "_")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether the parenthesis that opens first does not close last. */
  private static boolean misplaced(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      depth += step(text.charAt(i));
      if (depth == 0) {
        return i != text.length() - 1;
      }
    }
    return true;
  }

  /** The texts between the commas that stand in no parenthesis. */
  private static List<String> parts(String inside) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < inside.length(); i++) {
      depth += step(inside.charAt(i));
      if (depth == 0 && inside.charAt(i) == ',') {
        parts.add(inside.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(inside.substring(from));
    return parts;
  }

  private static int step(char c) {
    return c == '(' ? 1 : c == ')' ? -1 : 0;
  }

  private static void argument(String name, String part, Map<String, String> arguments) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "%s: \"%s\" is not of the form parameter=value.".formatted(name, part.strip()));
    }
    String parameter = snake(part.substring(0, equals));
    if (arguments.put(parameter, part.substring(equals + 1).strip()) != null) {
      throw new IllegalArgumentException(name + ": " + parameter + " is given twice.");
    }
  }
}
