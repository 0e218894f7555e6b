package org.initlab.experiment.grid;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Puts together what YAML takes apart. Inside {...} and [...] a comma ends a plain value, so that
 * {@code {at: log(1, 20000, 25)}} is parsed as three keys. A plain value that opens a parenthesis
 * takes its neighbours up to the one that closes it.
 */
final class Rejoin {

  private final int[] source;

  Rejoin(String text) {
    source = text.codePoints().toArray();
  }

  MappingNode rejoin(MappingNode mapping) {
    List<NodeTuple> whole = new ArrayList<>();
    List<NodeTuple> parts = mapping.getValue();
    for (int i = 0; i < parts.size(); i++) {
      Node key = parts.get(i).getKeyNode();
      Node first = parts.get(i).getValueNode();
      List<Node> next = new ArrayList<>();
      for (int j = i + 1; j < parts.size() && noValue(parts.get(j).getValueNode()); j++) {
        next.add(parts.get(j).getKeyNode());
      }
      int taken = toClose(first, next);
      i += taken;
      Node last = taken == 0 ? first : next.get(taken - 1);
      whole.add(new NodeTuple(key, taken == 0 ? inside(first) : joined(first, last)));
    }
    mapping.setValue(whole);
    return mapping;
  }

  private Node inside(Node node) {
    if (node instanceof MappingNode mapping) {
      return rejoin(mapping);
    }
    if (node instanceof SequenceNode list) {
      List<Node> parts = list.getValue();
      List<Node> whole = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        int taken = toClose(parts.get(i), parts.subList(i + 1, parts.size()));
        whole.add(taken == 0 ? inside(parts.get(i)) : joined(parts.get(i), parts.get(i + taken)));
        i += taken;
      }
      parts.clear();
      parts.addAll(whole);
    }
    return node;
  }

  /** How many of {@code next} it takes to close the parentheses of {@code first}; 0 for none. */
  private static int toClose(Node first, List<Node> next) {
    int open = open(first);
    for (int i = 0; open > 0 && i < next.size(); i++) {
      if (!(next.get(i) instanceof ScalarNode part) || !part.isPlain()) {
        return 0;
      }
      open += open(part);
      if (open <= 0) {
        return i + 1;
      }
    }
    return 0;
  }

  private static int open(Node node) {
    if (node instanceof ScalarNode scalar && scalar.isPlain()) {
      return (int)
          (scalar.getValue().chars().filter(c -> c == '(').count()
              - scalar.getValue().chars().filter(c -> c == ')').count());
    }
    return 0;
  }

  private static boolean noValue(Node node) {
    return node instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().isEmpty();
  }

  private Node joined(Node first, Node last) {
    int from = first.getStartMark().getIndex();
    int to = last.getEndMark().getIndex();
    String text = new String(source, from, to - from).replaceAll("\\s+", " ").strip();
    return new ScalarNode(
        Tag.STR, text, first.getStartMark(), last.getEndMark(), ScalarStyle.PLAIN);
  }
}
