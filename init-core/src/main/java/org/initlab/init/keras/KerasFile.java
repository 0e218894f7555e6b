package org.initlab.init.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Order;
import org.initlab.init.model.Strict;

/**
 * Reads what {@code model.to_json()} of Keras 2 and 3 writes: Sequential and Functional models, and
 * such models inside of them. It only reads: no class is loaded and no lambda is run by what the
 * file says.
 */
public final class KerasFile {

  private static final ObjectMapper JSON = Strict.json();

  private KerasFile() {}

  /** The model that this text describes. */
  public static Model read(String text) throws ModelFileException {
    return read(text, List.of());
  }

  /**
   * The model that this text describes, with lengths that it leaves open.
   *
   * @param inputShape of an example; empty to leave them open
   */
  public static Model read(String text, List<Long> inputShape) throws ModelFileException {
    try {
      return read(JSON.readTree(text), inputShape);
    } catch (JsonProcessingException e) {
      throw ModelFileException.notJson(e);
    }
  }

  private static Model read(JsonNode root, List<Long> inputShape) throws ModelFileException {
    String type = root.path("class_name").asText("");
    JsonNode config = root.path("config");
    if (!Calls.isModel(root)) {
      throw new ModelFileException(
          "not a Keras model: class_name must be Sequential, Functional or Model with a config of"
              + " layers, not "
              + (type.isEmpty() ? "missing" : type)
              + ". Maybe write the file with model.to_json().");
    }
    List<String> notices = new ArrayList<>();
    Map<String, Calls.Call> calls = Calls.of(root, notices);
    if (calls.isEmpty()) {
      throw new ModelFileException("a Keras model without a layer.");
    }
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    calls.forEach((name, call) -> inputs.put(name, call.inputs()));
    List<JsonNode> built =
        List.of(root.path("build_config").path("input_shape"), config.path("build_input_shape"));
    KerasLayers table = new KerasLayers(notices, built, inputShape);
    Map<String, ModelLayer> layers = new LinkedHashMap<>();
    for (String name : Order.of(inputs, "layer")) {
      Calls.Call call = calls.get(name);
      layers.put(name, layer(table, name, call, call.inputs().stream().map(layers::get).toList()));
    }
    String version = root.path("keras_version").asText(root.has("module") ? "3" : "2");
    return new Model(
        config.path("name").asText(type),
        "Keras " + version + ", " + type,
        List.copyOf(layers.values()),
        notices);
  }

  private static ModelLayer layer(
      KerasLayers table, String name, Calls.Call call, List<ModelLayer> inputs)
      throws ModelFileException {
    try {
      ModelLayer layer = table.layer(name, call.layer(), inputs);
      return call.again()
          ? new ModelLayer(name, layer.type(), layer.inputs(), layer.shape(), 0, layer.effect())
          : layer;
    } catch (ArithmeticException e) {
      throw new ModelFileException("layer " + name + ": it has more than 2^63 numbers.");
    } catch (IllegalArgumentException e) {
      throw new ModelFileException("layer " + name + ": " + e.getMessage());
    }
  }
}
