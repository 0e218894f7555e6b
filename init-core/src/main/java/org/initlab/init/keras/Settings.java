package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.model.ModelFileException;

/** What a layer's configuration says, with complaints that name the layer and the setting. */
final class Settings {

  /** More of anything fits no machine. */
  private static final long MOST = Integer.MAX_VALUE;

  /** A larger weight has no root mean square in single precision. */
  private static final double LARGEST = 1e15;

  private final String layer;
  private final JsonNode config;

  Settings(String layer, JsonNode config) {
    this.layer = layer;
    this.config = config;
  }

  /** The settings of something inside the layer, an initializer for instance. */
  Settings inside(JsonNode other) {
    return new Settings(layer, other);
  }

  /** The layer's name. */
  String layer() {
    return layer;
  }

  JsonNode node(String key) {
    return config.path(key);
  }

  boolean has(String key) {
    return config.hasNonNull(key);
  }

  String text(String key, String otherwise) {
    return has(key) && config.get(key).isTextual() ? config.get(key).asText() : otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    return has(key) ? config.get(key).asBoolean(otherwise) : otherwise;
  }

  /** A finite number; of an array that Keras writes as an object with a value, the value. */
  double number(String key, double otherwise) throws ModelFileException {
    if (!has(key)) {
      return otherwise;
    }
    JsonNode given = config.get(key);
    JsonNode value = given.isObject() ? given.path("config").path("value") : given;
    if (!value.isNumber() || !(Math.abs(value.asDouble()) <= LARGEST)) {
      throw wrong(key, given, "a number of at most 1e15");
    }
    return value.asDouble();
  }

  double atLeastZero(String key, double otherwise) throws ModelFileException {
    double value = number(key, otherwise);
    if (value < 0) {
      throw wrong(key, config.get(key), "at least 0");
    }
    return value;
  }

  /** A whole number of at least 1. */
  long count(String key) throws ModelFileException {
    return positive(key, config.path(key));
  }

  long count(String key, long otherwise) throws ModelFileException {
    return has(key) ? count(key) : otherwise;
  }

  /** A whole number for each dimension, or one for all of them. */
  List<Long> counts(String key, int dimensions, long otherwise) throws ModelFileException {
    JsonNode value = config.path(key);
    List<Long> counts = new ArrayList<>();
    for (int d = 0; d < dimensions; d++) {
      if (value.isMissingNode() || value.isNull()) {
        counts.add(otherwise);
      } else if (value.isArray() && value.size() != dimensions) {
        throw wrong(key, value, dimensions + " whole numbers");
      } else {
        counts.add(positive(key, value.isArray() ? value.get(d) : value));
      }
    }
    return counts;
  }

  /** A whole number of at least 0, anywhere inside this setting. */
  long edge(String key, JsonNode value) throws ModelFileException {
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asLong() < 0) {
      throw wrong(key, node(key), "made of whole numbers of at least 0");
    }
    return value.asLong();
  }

  private long positive(String key, JsonNode value) throws ModelFileException {
    boolean fits = value.isIntegralNumber() && value.canConvertToLong();
    if (!fits || value.asLong() < 1 || value.asLong() > MOST) {
      throw wrong(key, value, "a whole number from 1 to " + MOST);
    }
    return value.asLong();
  }

  ModelFileException wrong(String key, JsonNode value, String allowed) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    String brief = text.length() > 60 ? text.substring(0, 57) + "..." : text;
    return new ModelFileException(
        "layer %s: %s must be %s, not %s.".formatted(layer, key, allowed, brief));
  }

  ModelFileException amiss(String what) {
    return new ModelFileException("layer %s: %s".formatted(layer, what));
  }
}
