package org.initlab.experiment.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.stream.Stream;
import org.initlab.experiment.Study;

/**
 * Completes a figure's specification: data, title, size where it gives none, the house's colours.
 */
final class VegaLite {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

  private VegaLite() {}

  static String withData(Study.Figure figure, Table table) throws JsonProcessingException {
    JsonNode given = JSON.readTree(figure.vegaLite());
    if (!(given instanceof ObjectNode spec)) {
      throw MismatchedInputException.from(null, ObjectNode.class, "it is not an object");
    }
    spec.put("$schema", SCHEMA);
    if (!spec.has("title")) {
      spec.put("title", figure.title());
    }
    spec.put("description", figure.says());
    spec.putObject("data").set("values", table.json());
    size(spec);
    Labels.fit(spec);
    ObjectNode config = (ObjectNode) JSON.readTree(Resource.own("config.json"));
    if (spec.get("config") instanceof ObjectNode own) {
      merge(config, own);
    }
    spec.set("config", config);
    return JSON.writeValueAsString(spec);
  }

  private static void size(ObjectNode spec) {
    if (Stream.of("facet", "repeat", "concat", "hconcat", "vconcat").anyMatch(spec::has)) {
      return;
    }
    JsonNode encoding = spec.path("encoding");
    if (Stream.of("row", "column", "facet").anyMatch(encoding::has)) {
      standard(spec, "width", JSON.getNodeFactory().numberNode(240));
      standard(spec, "height", JSON.getNodeFactory().numberNode(200));
      return;
    }
    standard(spec, "width", JSON.getNodeFactory().textNode("container"));
    standard(spec, "height", JSON.getNodeFactory().numberNode(300));
    // A figure of its own width gets its legend beside it, not out of it.
    if (!spec.has("autosize") && !spec.get("width").isNumber()) {
      ObjectNode autosize = spec.putObject("autosize");
      autosize.put("type", spec.get("height").isObject() ? "fit-x" : "fit");
      autosize.put("contains", "padding");
    }
  }

  private static void standard(ObjectNode spec, String name, JsonNode value) {
    if (!spec.has(name)) {
      spec.set(name, value);
    }
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      if (field.getValue() instanceof ObjectNode inner
          && into.get(field.getKey()) instanceof ObjectNode outer) {
        merge(outer, inner);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }
}
