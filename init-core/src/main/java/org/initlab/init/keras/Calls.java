package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.initlab.init.model.ModelFileException;

/**
 * The calls of layers in a model: a layer that is used twice is two of them, and a model inside a
 * model is replaced by its layers, whose names get its own in front.
 */
final class Calls {

  /** A file of some kilobytes can ask for any number, by models inside models. */
  private static final int MOST = 100_000;

  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final List<String> notices;
  private int models;

  private Calls(List<String> notices) {
    this.notices = notices;
  }

  /**
   * A call.
   *
   * @param layer the layer's JSON
   * @param inputs names of the calls whose outputs it takes
   * @param again whether the layer has been called before, with the same weights
   */
  record Call(JsonNode layer, List<String> inputs, boolean again) {}

  /** A layer in its model: what it is, and whose outputs each of its calls takes. */
  private record Entry(JsonNode layer, List<List<JsonNode>> calls) {}

  /** Whether this JSON is a model's. */
  static boolean isModel(JsonNode json) {
    return MODELS.contains(json.path("class_name").asText("")) && layers(json).isArray();
  }

  /** All calls of a model, by name. */
  static Map<String, Call> of(JsonNode model, List<String> notices) throws ModelFileException {
    Calls all = new Calls(notices);
    all.add("", model, List.of(), false);
    return all.calls;
  }

  private static JsonNode layers(JsonNode model) {
    JsonNode config = model.path("config");
    return config.isArray() ? config : config.path("layers");
  }

  private static boolean chain(JsonNode model) {
    return model.path("class_name").asText("").equals("Sequential");
  }

  private void add(String prefix, JsonNode model, List<String> outer, boolean again)
      throws ModelFileException {
    limit(++models);
    Map<String, Entry> entries = entries(prefix, model);
    List<String> given = new ArrayList<>(outer);
    String before = outer.isEmpty() ? null : outer.get(0);
    boolean chain = chain(model);
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      Entry entry = named.getValue();
      if (chain) {
        List<String> inputs = before == null ? List.of() : List.of(before);
        call(prefix + named.getKey(), entry.layer(), inputs, again);
        before = output(prefix, entries, named.getKey(), 0, 0);
        continue;
      }
      for (int i = 0; i < Math.max(1, entry.calls().size()); i++) {
        List<String> inputs = new ArrayList<>();
        for (JsonNode source :
            entry.calls().isEmpty() ? List.<JsonNode>of() : entry.calls().get(i)) {
          String name = source.path(0).asText();
          inputs.add(
              entries.containsKey(name)
                  ? output(prefix, entries, name, source.path(1).asInt(), source.path(2).asInt())
                  : prefix + name);
        }
        boolean door = inputs.isEmpty() && type(entry.layer()).equals("InputLayer");
        if (door && !given.isEmpty()) {
          inputs.add(given.remove(0));
        }
        call(named(prefix, named.getKey(), i), entry.layer(), inputs, again || i > 0);
      }
      if (entry.calls().size() > 1) {
        notices.add(
            "layer %s%s is used %d times with the same weights; they are taken as independent."
                .formatted(prefix, named.getKey(), entry.calls().size()));
      }
    }
  }

  private void call(String name, JsonNode layer, List<String> inputs, boolean again)
      throws ModelFileException {
    if (isModel(layer)) {
      add(name + "/", layer, inputs, again);
      return;
    }
    limit(calls.size());
    if (calls.put(name, new Call(layer, inputs, again)) != null) {
      throw new ModelFileException("layer " + name + ": two layers have this name.");
    }
  }

  private static void limit(int number) throws ModelFileException {
    if (number > MOST) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT, "it has more than %,d layers, those of models inside included.", MOST));
    }
  }

  private static String type(JsonNode layer) {
    return layer.path("class_name").asText("");
  }

  private static String named(String prefix, String name, int call) {
    return prefix + name + (call == 0 ? "" : "#" + (call + 1));
  }

  /** The call that gives an output of a layer: of a model inside, its own layer's. */
  private static String output(
      String prefix, Map<String, Entry> entries, String name, int call, int tensor)
      throws ModelFileException {
    Entry entry = entries.get(name);
    int last = Math.max(0, Math.min(call, entry.calls().size() - 1));
    String id = named(prefix, name, last);
    if (!isModel(entry.layer())) {
      return id;
    }
    Map<String, Entry> inside = entries(id + "/", entry.layer());
    if (chain(entry.layer())) {
      List<String> names = List.copyOf(inside.keySet());
      return names.isEmpty() ? id : output(id + "/", inside, names.get(names.size() - 1), 0, 0);
    }
    JsonNode outputs = entry.layer().path("config").path("output_layers");
    JsonNode source = outputs.path(0).isTextual() ? outputs : outputs.path(tensor);
    if (!inside.containsKey(source.path(0).asText())) {
      throw new ModelFileException(
          "layer %s: its output_layers name none of its layers.".formatted(id));
    }
    return output(
        id + "/", inside, source.path(0).asText(), source.path(1).asInt(), source.path(2).asInt());
  }

  private static Map<String, Entry> entries(String prefix, JsonNode model)
      throws ModelFileException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (JsonNode layer : layers(model)) {
      String given = layer.path("name").asText("");
      String name = layer.path("config").path("name").asText(given);
      name = name.isEmpty() ? type(layer) + "_" + entries.size() : name;
      List<List<JsonNode>> calls = new ArrayList<>();
      for (JsonNode node : layer.path("inbound_nodes")) {
        List<JsonNode> sources = new ArrayList<>();
        collect(node, sources);
        calls.add(sources);
      }
      if (entries.put(name, new Entry(layer, calls)) != null) {
        throw new ModelFileException("layer " + prefix + name + ": two layers have this name.");
      }
    }
    return entries;
  }

  /** The [layer, call, tensor] that a call takes, in the notation of Keras 2 or of Keras 3. */
  private static void collect(JsonNode node, List<JsonNode> sources) {
    if (node.path("class_name").asText().equals("__keras_tensor__")) {
      sources.add(node.path("config").path("keras_history"));
    } else if (node.isArray() && node.path(0).isTextual() && node.path(1).isInt()) {
      sources.add(node);
    } else {
      node.elements().forEachRemaining(inner -> collect(inner, sources));
    }
  }
}
