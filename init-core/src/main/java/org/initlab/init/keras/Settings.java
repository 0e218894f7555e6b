package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.model.ModelFileException;

/** What a layer's configuration says, with complaints that name the layer and the setting. */
final class Settings {

  private final String layer;
  private final JsonNode config;

  Settings(String layer, JsonNode config) {
    this.layer = layer;
    this.config = config;
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

  private long positive(String key, JsonNode value) throws ModelFileException {
    if (!value.isIntegralNumber() || value.asLong() < 1) {
      throw wrong(key, value, "a whole number of at least 1");
    }
    return value.asLong();
  }

  private ModelFileException wrong(String key, JsonNode value, String allowed) {
    return new ModelFileException(
        "layer %s: %s must be %s, not %s."
            .formatted(layer, key, allowed, value.isMissingNode() ? "missing" : value));
  }
}
