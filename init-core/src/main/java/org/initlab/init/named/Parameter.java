package org.initlab.init.named;

import java.util.List;
import java.util.Optional;

/**
 * A parameter of a row: either a finite number of at least {@code least}, or one of {@code
 * choices}.
 *
 * @param name its name in snake_case
 * @param fallback what holds where a text does not give it; empty if a text must
 * @param least the least number allowed; minus infinity if any finite one is
 * @param choices the words allowed; empty for a number
 */
public record Parameter(
    String name, Optional<String> fallback, double least, List<String> choices) {

  static Parameter number(String name) {
    return new Parameter(name, Optional.empty(), Double.NEGATIVE_INFINITY, List.of());
  }

  static Parameter atLeastZero(String name, double fallback) {
    return new Parameter(name, Optional.of(Double.toString(fallback)), 0, List.of());
  }

  static Parameter choice(String name, String fallback, String... choices) {
    return new Parameter(name, Optional.of(fallback), 0, List.of(choices));
  }

  /** What may be written for it, in words. */
  public String allowed() {
    if (!choices.isEmpty()) {
      return "one of " + String.join(", ", choices);
    }
    return least == 0 ? "a finite number of at least 0" : "a finite number";
  }

  /**
   * The one way to write {@code text}; refused with the initializer's name if it is not allowed.
   */
  String canonical(String initializer, String text) {
    if (choices.isEmpty()) {
      double number = number(initializer, text);
      if (!Double.isFinite(number) || number < least) {
        throw refused(initializer, text, "");
      }
      return Double.toString(number == 0 ? 0.0 : number);
    }
    String word = Call.snake(text);
    if (!choices.contains(word)) {
      throw refused(initializer, text, Nearest.maybe(text, choices));
    }
    return word;
  }

  private double number(String initializer, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw refused(initializer, text, "");
    }
  }

  private IllegalArgumentException refused(String initializer, String text, String maybe) {
    return new IllegalArgumentException(
        "%s: %s must be %s, not \"%s\".%s".formatted(initializer, name, allowed(), text, maybe));
  }
}
