package org.initlab.init.dl4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.initlab.init.model.Effect;
import org.initlab.init.model.InputShape;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.ModelLayer;
import org.initlab.init.model.Order;
import org.initlab.init.model.Strict;

/**
 * Reads a Deeplearning4j configuration: what {@code toJson()} writes of a MultiLayerConfiguration
 * or a ComputationGraphConfiguration, which is also the file configuration.json in a saved model.
 *
 * <p>Shapes are told with the channels last. A configuration has the extents of images only where
 * they come in flat.
 */
public final class Dl4jFile {

  private static final ObjectMapper JSON = Strict.json();

  private final Dl4jLayers table;
  private final Map<String, ModelLayer> built = new LinkedHashMap<>();
  private final List<Long> inputShape;

  private Dl4jFile(Dl4jLayers table, List<Long> inputShape) {
    this.table = table;
    this.inputShape = inputShape;
  }

  /** Whether this is JSON that looks like one. */
  public static boolean looksLike(String text) {
    try {
      return looksLike(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean looksLike(JsonNode root) {
    return root.path("confs").isArray() || root.path("vertices").isObject();
  }

  /** The model that this text describes. */
  public static Model read(String text) throws ModelFileException {
    return read(text, List.of());
  }

  /**
   * The model that this text describes, with lengths that it leaves open.
   *
   * @param inputShape of an example, the channels last; empty to leave them open
   */
  public static Model read(String text, List<Long> inputShape) throws ModelFileException {
    try {
      return read(JSON.readTree(text), inputShape);
    } catch (JsonProcessingException e) {
      throw ModelFileException.notJson(e);
    }
  }

  private static Model read(JsonNode root, List<Long> inputShape) throws ModelFileException {
    if (!looksLike(root)) {
      throw new ModelFileException(
          "not a Deeplearning4j configuration: it has neither confs nor vertices.");
    }
    List<String> notices = new ArrayList<>();
    Dl4jFile file = new Dl4jFile(new Dl4jLayers(notices), inputShape);
    boolean graph = root.has("vertices");
    if (graph) {
      file.graph(root);
    } else {
      file.chain(root);
    }
    String type = graph ? "ComputationGraph" : "MultiLayerNetwork";
    return new Model(type, "Deeplearning4j", List.copyOf(file.built.values()), notices);
  }

  private void chain(JsonNode root) throws ModelFileException {
    JsonNode confs = root.path("confs");
    if (confs.isEmpty()) {
      throw new ModelFileException("a Deeplearning4j configuration without a layer.");
    }
    JsonNode preprocessor = root.path("inputPreProcessors").path("0");
    input("input", confs.path(0).path("layer"), preprocessor);
    String before = "input";
    int number = 0;
    for (JsonNode conf : confs) {
      String name = conf.path("layer").path("layerName").asText("layer" + number);
      String unique = built.containsKey(name) ? name + "_" + number : name;
      add(unique, conf.path("layer"), false, List.of(before));
      before = unique;
      number++;
    }
  }

  private void graph(JsonNode root) throws ModelFileException {
    Map<String, JsonNode> vertices = new LinkedHashMap<>();
    root.path("vertices").properties().forEach(v -> vertices.put(v.getKey(), v.getValue()));
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    for (JsonNode input : root.path("networkInputs")) {
      inputs.put(input.asText(), List.of());
    }
    for (String name : vertices.keySet()) {
      List<String> taken = new ArrayList<>();
      root.path("vertexInputs").path(name).forEach(input -> taken.add(input.asText()));
      if (taken.isEmpty()) {
        throw new ModelFileException("vertex " + name + ": vertexInputs has no input for it.");
      }
      inputs.put(name, taken);
    }
    if (vertices.isEmpty()) {
      throw new ModelFileException("a Deeplearning4j configuration without a vertex.");
    }
    for (String name : Order.of(inputs, "vertex")) {
      JsonNode vertex = vertices.get(name);
      if (vertex == null) {
        JsonNode first = firstTaker(name, vertices, inputs);
        input(name, first.path("layerConf").path("layer"), first.path("preProcessor"));
      } else if (vertex.has("layerConf")) {
        add(name, vertex.path("layerConf").path("layer"), false, inputs.get(name));
      } else {
        add(name, vertex, true, inputs.get(name));
      }
    }
  }

  /** A layer that takes an input itself, which tells the input's numbers. */
  private static JsonNode firstTaker(
      String input, Map<String, JsonNode> vertices, Map<String, List<String>> inputs) {
    return vertices.keySet().stream()
        .filter(name -> inputs.get(name).contains(input) && vertices.get(name).has("layerConf"))
        .findFirst()
        .map(vertices::get)
        .orElse(MissingNode.getInstance());
  }

  private void input(String name, JsonNode layer, JsonNode preprocessor) throws ModelFileException {
    List<Long> shape = Dl4jShapes.input(layer, preprocessor);
    List<Long> merged =
        shape.isEmpty() ? inputShape : InputShape.merged("layer " + name, shape, inputShape);
    built.put(name, new ModelLayer(name, "input", List.of(), merged, 0, new Effect.Input()));
  }

  private void add(String name, JsonNode node, boolean vertex, List<String> inputs)
      throws ModelFileException {
    List<ModelLayer> sources = inputs.stream().map(built::get).toList();
    try {
      built.put(
          name,
          vertex ? table.vertex(name, node, sources) : table.layer(name, node, sources.get(0)));
    } catch (ArithmeticException e) {
      throw new ModelFileException("layer " + name + ": it has more than 2^63 numbers.");
    } catch (IllegalArgumentException e) {
      throw new ModelFileException("layer " + name + ": " + e.getMessage());
    }
  }
}
