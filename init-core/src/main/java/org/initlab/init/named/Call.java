package org.initlab.init.named;

import java.util.LinkedHashMap;
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
      for (String part : inside.split(",", -1)) {
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

  private static boolean misplaced(String text, int open) {
    return text.indexOf('(', open + 1) >= 0 || text.indexOf(')') != text.length() - 1;
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
