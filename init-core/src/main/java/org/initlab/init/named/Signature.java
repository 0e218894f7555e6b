package org.initlab.init.named;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a row is written: its name and what can be set.
 *
 * @param name in snake_case
 * @param parameters in the order in which canonical texts write them
 */
record Signature(String name, List<Parameter> parameters) {

  /** The checked values: those given, and the defaults for the rest. */
  Arguments arguments(Map<String, String> given) {
    List<String> known = parameters.stream().map(Parameter::name).toList();
    for (String word : given.keySet()) {
      if (!known.contains(word)) {
        throw new IllegalArgumentException(
            "%s has no parameter %s; it has %s.%s"
                .formatted(
                    name,
                    word,
                    known.isEmpty() ? "none" : String.join(", ", known),
                    Nearest.maybe(word, known)));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String text = given.get(parameter.name());
      if (text == null) {
        text = parameter.fallback().orElseThrow(() -> missing(parameter));
      }
      values.put(parameter.name(), parameter.canonical(name, text));
    }
    return new Arguments(values);
  }

  /** The canonical text. */
  String text(Arguments arguments) {
    if (parameters.isEmpty()) {
      return name;
    }
    return arguments.values().entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", ", name + "(", ")"));
  }

  private IllegalArgumentException missing(Parameter parameter) {
    return new IllegalArgumentException(
        "%s needs %s: %s, as in %s(%s=...)."
            .formatted(name, parameter.name(), parameter.allowed(), name, parameter.name()));
  }
}
