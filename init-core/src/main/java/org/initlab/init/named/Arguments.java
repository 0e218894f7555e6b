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

  Initializer initializer(String parameter) {
    return Named.initializer(values.get(parameter));
  }

  /** The seed, or nothing where the stream in use decides. */
  OptionalLong seed() {
    return values.get("seed").equals("key") ? OptionalLong.empty() : OptionalLong.of(whole("seed"));
  }
}
