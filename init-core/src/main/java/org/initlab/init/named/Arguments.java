package org.initlab.init.named;

import java.util.Map;
import java.util.OptionalLong;
import org.initlab.init.Initializer;

/**
 * A row's parameters with checked, canonical values, in the order of the table.
 *
 * @param values text by parameter name; its own map, not changed by anyone
 */
record Arguments(Map<String, String> values) {

  double number(String parameter) {
    return Double.parseDouble(values.get(parameter));
  }

  long whole(String parameter) {
    return Long.parseLong(values.get(parameter));
  }

  String word(String parameter) {
    return values.get(parameter);
  }

  /** Refuses two ends that are not in order: the first below the second, or at most equal to it. */
  void inOrder(String low, String high, boolean equal) {
    if (number(low) > number(high) || !equal && number(low) == number(high)) {
      throw new IllegalArgumentException(
          "%s must be %s %s, %s, not %s."
              .formatted(low, equal ? "at most" : "below", high, word(high), word(low)));
    }
  }

  Initializer initializer(String parameter) {
    return Named.initializer(values.get(parameter));
  }

  /** The seed, or nothing where the stream in use decides. */
  OptionalLong seed() {
    return values.get("seed").equals("key") ? OptionalLong.empty() : OptionalLong.of(whole("seed"));
  }
}
