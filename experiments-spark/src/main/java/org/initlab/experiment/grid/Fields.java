package org.initlab.experiment.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping whose keys are checked: known, once each, with a value. */
final class Fields {

  private final String what;
  private final Node node;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private Fields(String what, Node node, Problems problems) {
    this.what = what;
    this.node = node;
    this.problems = problems;
  }

  /** The fields of {@code node}, if it is a mapping at all. */
  static Optional<Fields> of(String what, Node node, List<String> allowed, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(
          node,
          what
              + " is "
              + Scalars.describe(node)
              + ", and a mapping is wanted. Write KEY: VALUE with these keys: "
              + String.join(", ", allowed)
              + ".");
      return Optional.empty();
    }
    Fields fields = new Fields(what, node, problems);
    Map<String, Node> keys = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      fields.put(tuple, allowed, keys);
    }
    return Optional.of(fields);
  }

  private void put(NodeTuple tuple, List<String> allowed, Map<String, Node> keys) {
    Node keyNode = tuple.getKeyNode();
    if (!(keyNode instanceof ScalarNode scalar)) {
      problems.add(
          keyNode, what + " has " + Scalars.describe(keyNode) + " as a key. Write a word.");
      return;
    }
    String key = plain(scalar.getValue());
    Optional<String> name = allowed.stream().filter(a -> plain(a).equals(key)).findFirst();
    if (name.isEmpty()) {
      problems.unknown(keyNode, "key of " + what, scalar.getValue(), allowed);
      return;
    }
    Node twin = keys.putIfAbsent(key, keyNode);
    if (twin != null) {
      problems.add(
          keyNode,
          "key '"
              + scalar.getValue()
              + "' of "
              + what
              + " is given twice, first on line "
              + Problems.line(twin)
              + ". Keep one.");
    } else if (isNull(tuple.getValueNode())) {
      problems.add(
          keyNode, name.get() + " has no value. Write one after the colon, or leave the key out.");
      values.put(name.get(), null);
    } else {
      values.put(name.get(), tuple.getValueNode());
    }
  }

  /** A hyphen is as good as an underscore. */
  static String plain(String key) {
    return key.replace('-', '_');
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.isPlain() && node.getTag().equals(Tag.NULL);
  }

  /** The value of {@code key}, if it has one. */
  Optional<Node> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The value of {@code key}; that it is missing is a problem. */
  Optional<Node> require(String key, String says) {
    if (!values.containsKey(key)) {
      problems.add(node, what + " has no " + key + ". Write " + key + ": " + says + ".");
    }
    return get(key);
  }

  /** The text under {@code key}, if it is there and is text. */
  Optional<String> text(String key) {
    return get(key).flatMap(n -> Scalars.text(key, n, problems));
  }

  /** The text under {@code key}, which must be there. */
  Optional<String> requiredText(String key, String says) {
    return require(key, says).flatMap(n -> Scalars.text(key, n, problems));
  }

  /** Whether the key is written, even without a value. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** The names that have values, in the order of the file. */
  List<String> names() {
    return values.keySet().stream().filter(k -> values.get(k) != null).toList();
  }

  /** The items of the list under {@code key}; none if it is missing or no list. */
  List<Node> list(String key) {
    Optional<Node> value = get(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof SequenceNode list) {
      List<Node> items = new ArrayList<>();
      for (Node item : list.getValue()) {
        if (isNull(item)) {
          problems.add(item, "an item of " + key + " has no value. Remove it.");
        } else {
          items.add(item);
        }
      }
      return items;
    }
    problems.add(
        value.get(),
        key + " is " + Scalars.describe(value.get()) + ", and a list is wanted. Write [...].");
    return List.of();
  }

  Node node() {
    return node;
  }
}
