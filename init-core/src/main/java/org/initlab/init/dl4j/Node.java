package org.initlab.init.dl4j;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.model.ModelFileException;

/**
 * The JSON of a layer or vertex, with complaints that name it.
 *
 * @param name of the layer
 * @param json what the file says of it
 */
record Node(String name, JsonNode json) {

  /** The class's last word. */
  String type() {
    return type(json);
  }

  static String type(JsonNode node) {
    String type = node.path("@class").asText("nothing");
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
  }

  String text(String key) {
    return json.path(key).asText("");
  }

  /** A whole number of at least 1. */
  long count(String key) throws ModelFileException {
    JsonNode value = json.path(key);
    boolean fits = value.isIntegralNumber() && value.canConvertToInt();
    if (!fits || value.asLong() < 1) {
      throw new ModelFileException(
          "layer %s: %s must be a whole number of at least 1, not %s. Maybe set the input type of the configuration."
              .formatted(name, key, value.isMissingNode() ? "missing" : brief(value)));
    }
    return value.asLong();
  }

  /** As many whole numbers of at least {@code least} as there are dimensions. */
  List<Long> counts(String key, int dimensions, long least) throws ModelFileException {
    JsonNode array = json.path(key);
    List<Long> numbers = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      JsonNode value = array.isArray() ? array.path(d) : array;
      boolean fits = value.isIntegralNumber() && value.canConvertToInt();
      if (!fits || value.asLong() < least) {
        throw new ModelFileException(
            "layer %s: %s must be %d whole numbers of at least %d, not %s."
                .formatted(name, key, dimensions, least, brief(array)));
      }
      numbers.add(value.asLong());
    }
    return numbers;
  }

  /** The same, with numbers for a setting that is not there. */
  List<Long> counts(String key, int dimensions, long least, long otherwise)
      throws ModelFileException {
    if (json.path(key).isMissingNode() || json.path(key).isNull()) {
      List<Long> numbers = new ArrayList<>();
      for (int d = 0; d < dimensions; d++) {
        numbers.add(otherwise);
      }
      return numbers;
    }
    return counts(key, dimensions, least);
  }

  ModelFileException amiss(String what) {
    return new ModelFileException("layer %s: %s".formatted(name, what));
  }

  private static String brief(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
