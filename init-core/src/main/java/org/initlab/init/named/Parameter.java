package org.initlab.init.named;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A parameter of a row: a finite number, a whole number, one of some words, or an initializer.
 *
 * @param name its name in snake_case
 * @param fallback what holds where a text does not give it; empty if a text must
 * @param kind what it takes
 * @param least the least number allowed, the least that there is above 0 for any above; minus
 *     infinity if any finite one is
 * @param words the words allowed; empty for a number, and one word besides the numbers for a seed
 * @param synonyms other spellings of words
 */
public record Parameter(
    String name,
    Optional<String> fallback,
    Kind kind,
    double least,
    List<String> words,
    Map<String, String> synonyms) {

  /** What a parameter takes. */
  public enum Kind {
    NUMBER,
    WHOLE,
    WORD,
    SEED,
    INITIALIZER
  }

  private static final long MOST = (1L << 32) - 1;

  static Parameter number(String name) {
    return new Parameter(
        name, Optional.empty(), Kind.NUMBER, Double.NEGATIVE_INFINITY, List.of(), Map.of());
  }

  static Parameter number(String name, double fallback) {
    return from(Double.NEGATIVE_INFINITY, name, fallback);
  }

  static Parameter atLeastZero(String name, double fallback) {
    return from(0, name, fallback);
  }

  static Parameter aboveZero(String name, double fallback) {
    return from(Double.MIN_VALUE, name, fallback);
  }

  private static Parameter from(double least, String name, double fallback) {
    return new Parameter(
        name, Optional.of(Double.toString(fallback)), Kind.NUMBER, least, List.of(), Map.of());
  }

  static Parameter count(String name, long fallback) {
    return new Parameter(
        name, Optional.of(Long.toString(fallback)), Kind.WHOLE, 1, List.of(), Map.of());
  }

  static Parameter choice(String name, String fallback, List<String> words) {
    return new Parameter(name, Optional.of(fallback), Kind.WORD, 0, words, Map.of());
  }

  /** A seed of another framework, or the word {@code key}: one taken from the stream in use. */
  static Parameter seed() {
    return new Parameter("seed", Optional.of("key"), Kind.SEED, 0, List.of("key"), Map.of());
  }

  /** An initializer, written as everywhere. */
  static Parameter initializer(String name, String fallback) {
    return new Parameter(name, Optional.of(fallback), Kind.INITIALIZER, 0, List.of(), Map.of());
  }

  /** The same parameter that also takes these words. */
  Parameter with(List<String> more) {
    return new Parameter(name, fallback, kind, least, more, synonyms);
  }

  /** The same parameter with another spelling of one of its words. */
  Parameter also(String spelling, String word) {
    return new Parameter(name, fallback, kind, least, words, Map.of(spelling, word));
  }

  /** What may be written for it, in words. */
  public String allowed() {
    return switch (kind) {
      case NUMBER ->
          "a finite number" + (least == 0 ? " of at least 0" : least > 0 ? " above 0" : "");
      case WHOLE -> "a whole number of at least " + (long) least + " and below 2^32";
      case WORD -> "one of " + String.join(", ", words);
      case SEED -> "a whole number from 0 to " + MOST + ", or key";
      case INITIALIZER ->
          "an initializer" + words.stream().map(word -> ", or " + word).collect(joining());
    };
  }

  /**
   * The one way to write {@code text}; refused with the initializer's name if it is not allowed.
   */
  String canonical(String initializer, String text) {
    String word = Call.snake(text);
    word = synonyms.getOrDefault(word, word);
    if (words.contains(word)) {
      return word;
    }
    if (kind == Kind.INITIALIZER) {
      return nested(initializer, text);
    }
    return allowedNumber(text).orElseThrow(() -> refused(initializer, text));
  }

  /** The one way to write a number that is allowed; nothing for other texts. */
  private Optional<String> allowedNumber(String text) {
    try {
      if (kind == Kind.NUMBER) {
        double number = Double.parseDouble(text);
        if (Double.isFinite(number) && number >= least) {
          return Optional.of(Double.toString(number == 0 ? 0.0 : number));
        }
      } else if (kind == Kind.WHOLE || kind == Kind.SEED) {
        long number = Long.parseLong(text);
        if (number >= least && number <= MOST) {
          return Optional.of(Long.toString(number));
        }
      }
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private String nested(String outer, String text) {
    try {
      return Named.canonical(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(outer + ": " + name + ": " + e.getMessage(), e);
    }
  }

  private IllegalArgumentException refused(String initializer, String text) {
    return new IllegalArgumentException(
        "%s: %s must be %s, not \"%s\".%s"
            .formatted(initializer, name, allowed(), text, maybe(text)));
  }

  /** The nearest word; of numbers that without its minus sign, or what holds if none is given. */
  private String maybe(String text) {
    if (!words.isEmpty()) {
      return Nearest.maybe(text, words);
    }
    String positive = text.strip().replaceFirst("^-", "");
    boolean mirrored = !positive.equals(text.strip()) && allowedNumber(positive).isPresent();
    Optional<String> better = mirrored ? Optional.of(positive) : fallback;
    return better.map(value -> " Maybe " + value + ".").orElse("");
  }
}
