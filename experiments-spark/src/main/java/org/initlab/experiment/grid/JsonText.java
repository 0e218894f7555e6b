package org.initlab.experiment.grid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns a Vega-Lite specification in YAML into JSON text, and refuses data in it. */
final class JsonText {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Problems problems;

  JsonText(Problems problems) {
    this.problems = problems;
  }

  String of(MappingNode specification) {
    return object(specification).toString();
  }

  /** The tree of a JSON text. */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is not JSON: " + json, e);
    }
  }

  private ObjectNode object(MappingNode mapping) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple tuple : mapping.getValue()) {
      Node keyNode = tuple.getKeyNode();
      if (!(keyNode instanceof ScalarNode scalar)) {
        problems.add(keyNode, "vega-lite has a key that is no word.");
        continue;
      }
      String key = scalar.getValue();
      if (List.of("data", "datasets").contains(key)) {
        problems.add(
            keyNode, "vega-lite has the key '" + key + "'. The rows come from the sql: remove it.");
      }
      if (object.has(key)) {
        problems.add(keyNode, "key '" + key + "' of vega-lite is given twice. Keep one.");
      }
      object.set(key, value(key, tuple.getValueNode()));
    }
    return object;
  }

  private JsonNode value(String key, Node node) {
    if (node instanceof MappingNode mapping) {
      return object(mapping);
    }
    if (node instanceof SequenceNode list) {
      ArrayNode array = NODES.arrayNode();
      list.getValue().forEach(n -> array.add(value(key, n)));
      return array;
    }
    return scalar(key, (ScalarNode) node);
  }

  private JsonNode scalar(String key, ScalarNode node) {
    String text = node.getValue();
    if (!node.isPlain() || node.getTag().equals(Tag.STR) || node.getTag().equals(Tag.TIMESTAMP)) {
      return NODES.textNode(text);
    }
    if (node.getTag().equals(Tag.NULL)) {
      if (text.isEmpty()) {
        problems.add(node, key + " has no value. Write null if Vega-Lite is to have none.");
      }
      return NODES.nullNode();
    }
    if (node.getTag().equals(Tag.BOOL)) {
      if (!text.equals("true") && !text.equals("false")) {
        problems.add(
            node,
            key
                + " '"
                + text
                + "' is read as true or false. Write true, false or \""
                + text
                + "\".");
      }
      return NODES.booleanNode(text.equals("true"));
    }
    return Scalars.number(key, node, "finite numbers.", problems)
        .map(
            v ->
                v.scale() <= 0 && text.matches("[-+]?[0-9]+")
                    ? (JsonNode) NODES.numberNode(v.toBigInteger())
                    : NODES.numberNode(v.doubleValue()))
        .orElse(NODES.nullNode());
  }
}
