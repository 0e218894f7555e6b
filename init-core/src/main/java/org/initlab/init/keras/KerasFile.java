package org.initlab.init.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;

/**
 * Reads what {@code model.to_json()} of Keras 2 and 3 writes: Sequential and Functional models. It
 * only reads: no class is loaded and no lambda is run by what the file says.
 */
public final class KerasFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private KerasFile() {}

  /** The model that this text describes. */
  public static Model read(String text) throws ModelFileException {
    try {
      return read(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw ModelFileException.notJson(e.getLocation().getLineNr(), e.getOriginalMessage());
    }
  }

  private static Model read(JsonNode root) throws ModelFileException {
    String type = root.path("class_name").asText("");
    JsonNode config = root.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (!List.of("Sequential", "Functional", "Model").contains(type) || !layers.isArray()) {
      throw new ModelFileException(
          "not a Keras model: class_name must be Sequential, Functional or Model with a config of"
              + " layers, not "
              + (type.isEmpty() ? "missing" : type)
              + ". Maybe write the file with model.to_json().");
    }
    String version = root.path("keras_version").asText(root.has("module") ? "3" : "2");
    boolean chain = type.equals("Sequential");
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    List<String> notices = new ArrayList<>();
    String before = null;
    for (JsonNode layer : layers) {
      String name = layer.path("config").path("name").asText(layer.path("name").asText(""));
      name = name.isEmpty() ? layer.path("class_name").asText() + "_" + byName.size() : name;
      if (byName.put(name, layer) != null) {
        throw new ModelFileException("layer " + name + ": two layers have this name.");
      }
      if (chain) {
        inputs.put(name, before == null ? List.of() : List.of(before));
      } else {
        JsonNode nodes = layer.path("inbound_nodes");
        inputs.put(name, nodes.isEmpty() ? List.of() : inbound(nodes.get(0)));
        if (nodes.size() > 1) {
          notices.add(
              "layer %s is used %d times; it is told where it is used first."
                  .formatted(name, nodes.size()));
        }
      }
      before = name;
    }
    KerasLayers table = new KerasLayers(notices, config.path("build_input_shape"));
    Map<String, ModelLayer> built = new LinkedHashMap<>();
    for (String name : byName.keySet()) {
      build(name, byName, inputs, table, built, new HashSet<>());
    }
    return new Model(
        config.path("name").asText(type),
        "Keras " + version + ", " + type,
        List.copyOf(built.values()),
        notices);
  }

  /** Builds a layer behind those that it takes, which may stand later in the file. */
  private static void build(
      String name,
      Map<String, JsonNode> byName,
      Map<String, List<String>> inputs,
      KerasLayers table,
      Map<String, ModelLayer> built,
      Set<String> open)
      throws ModelFileException {
    if (built.containsKey(name)) {
      return;
    }
    if (!open.add(name)) {
      throw new ModelFileException("layer " + name + ": it takes its own output (a cycle).");
    }
    List<ModelLayer> sources = new ArrayList<>();
    for (String input : inputs.get(name)) {
      if (!byName.containsKey(input)) {
        throw new ModelFileException(
            "layer %s: it takes the output of %s, which the file lacks.".formatted(name, input));
      }
      build(input, byName, inputs, table, built, open);
      sources.add(built.get(input));
    }
    built.put(name, table.layer(name, byName.get(name), sources));
    open.remove(name);
  }

  /** The layers whose outputs a call takes, in the notation of Keras 2 or of Keras 3. */
  private static List<String> inbound(JsonNode node) {
    List<String> names = new ArrayList<>();
    collect(node, names);
    return names;
  }

  private static void collect(JsonNode node, List<String> names) {
    if (node.path("class_name").asText().equals("__keras_tensor__")) {
      names.add(node.path("config").path("keras_history").path(0).asText());
    } else if (node.isArray() && node.path(0).isTextual() && node.path(1).isInt()) {
      names.add(node.get(0).asText());
    } else {
      node.elements().forEachRemaining(inner -> collect(inner, names));
    }
  }
}
