package org.initlab.init.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.initlab.init.model.Effect;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;

/**
 * Reads a Deeplearning4j configuration: what {@code toJson()} writes of a MultiLayerConfiguration
 * or a ComputationGraphConfiguration, which is also the file configuration.json in a saved model.
 */
public final class Dl4jFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Dl4jFile() {}

  /** Whether this JSON looks like one. */
  public static boolean looksLike(JsonNode root) {
    return root.has("confs") || root.has("vertices");
  }

  /** The model that this text describes. */
  public static Model read(String text) throws ModelFileException {
    try {
      return read(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw ModelFileException.notJson(e.getLocation().getLineNr(), e.getOriginalMessage());
    }
  }

  private static Model read(JsonNode root) throws ModelFileException {
    if (!looksLike(root)) {
      throw new ModelFileException(
          "not a Deeplearning4j configuration: it has neither confs nor vertices.");
    }
    List<String> notices = new ArrayList<>();
    Dl4jLayers table = new Dl4jLayers(notices);
    boolean graph = root.has("vertices");
    Map<String, ModelLayer> built = new LinkedHashMap<>();
    if (graph) {
      Map<String, JsonNode> vertices = new LinkedHashMap<>();
      root.path("vertices").properties().forEach(v -> vertices.put(v.getKey(), v.getValue()));
      for (JsonNode input : root.path("networkInputs")) {
        built.put(input.asText(), input(input.asText()));
      }
      for (String name : vertices.keySet()) {
        build(name, vertices, root.path("vertexInputs"), table, built, new HashSet<>());
      }
    } else {
      built.put("input", input("input"));
      String before = "input";
      int number = 0;
      for (JsonNode conf : root.path("confs")) {
        String name = conf.path("layer").path("layerName").asText("layer" + number);
        String unique = built.containsKey(name) ? name + "_" + number : name;
        built.put(unique, table.layer(unique, conf.path("layer"), List.of(before)));
        before = unique;
        number++;
      }
    }
    String type = graph ? "ComputationGraph" : "MultiLayerNetwork";
    return new Model(type, "Deeplearning4j", List.copyOf(built.values()), notices);
  }

  private static ModelLayer input(String name) {
    return new ModelLayer(name, "input", List.of(), List.of(), 0, new Effect.Input());
  }

  private static void build(
      String name,
      Map<String, JsonNode> vertices,
      JsonNode vertexInputs,
      Dl4jLayers table,
      Map<String, ModelLayer> built,
      Set<String> open)
      throws ModelFileException {
    if (built.containsKey(name)) {
      return;
    }
    if (!open.add(name)) {
      throw new ModelFileException("vertex " + name + ": it takes its own output (a cycle).");
    }
    if (!vertices.containsKey(name)) {
      throw new ModelFileException("vertex " + name + ": the file lacks it, and another takes it.");
    }
    List<String> inputs = new ArrayList<>();
    for (JsonNode input : vertexInputs.path(name)) {
      inputs.add(input.asText());
      build(input.asText(), vertices, vertexInputs, table, built, open);
    }
    JsonNode vertex = vertices.get(name);
    built.put(
        name,
        vertex.has("layerConf")
            ? table.layer(name, vertex.path("layerConf").path("layer"), inputs)
            : table.vertex(name, vertex, inputs));
    open.remove(name);
  }
}
