package org.initlab.experiment.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Puts a scale over a study, as nodes, so that lines stay known. Under fixed, axes and measure the
 * scale's keys replace the study's, and an argument that the scale fixes is no axis any more, or
 * the other way round; everything else that the scale names is replaced as a whole.
 */
final class Scales {

  private static final List<String> KEYS =
      List.of("repeats", "fixed", "axes", "except", "measure", "select", "claims", "figures");

  private static final Set<String> MERGED = Set.of("fixed", "axes", "measure");

  private Scales() {}

  /** The scales by name, their keys checked. */
  static Map<String, MappingNode> of(MappingNode study, Problems problems) {
    Map<String, MappingNode> scales = new LinkedHashMap<>();
    Optional<Node> written = value(study, "scales").filter(n -> !Fields.isNull(n));
    if (written.isEmpty()) {
      return scales;
    }
    if (!(written.get() instanceof MappingNode mapping)) {
      problems.add(
          written.get(),
          "scales is "
              + Scalars.describe(written.get())
              + ", and a mapping is wanted. Write {small: {repeats: 1}}.");
      return scales;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String name = key(tuple);
      if (!PartsReader.NAME.matcher(name).matches()) {
        problems.add(
            tuple.getKeyNode(),
            "scale '" + name + "' is no name. Allowed: " + PartsReader.NAME_SAYS);
      }
      if (scales.containsKey(name)) {
        problems.add(tuple.getKeyNode(), "scale '" + name + "' is given twice. Keep one.");
      }
      if (Fields.of("scale " + name, tuple.getValueNode(), KEYS, problems).isPresent()) {
        scales.put(name, (MappingNode) tuple.getValueNode());
      }
    }
    return scales;
  }

  /** The study with the scale over it. */
  static MappingNode over(MappingNode study, MappingNode scale) {
    List<NodeTuple> above = new ArrayList<>();
    for (NodeTuple tuple : scale.getValue()) {
      Optional<Node> below = value(study, key(tuple)).filter(n -> MERGED.contains(key(tuple)));
      if (below.orElse(null) instanceof MappingNode a
          && tuple.getValueNode() instanceof MappingNode b) {
        above.add(new NodeTuple(tuple.getKeyNode(), copy(a, merged(a.getValue(), b.getValue()))));
      } else {
        above.add(tuple);
      }
    }
    List<NodeTuple> whole = merged(study.getValue(), above);
    whole.removeIf(t -> key(t).equals("scales"));
    return copy(study, displaced(whole, scale));
  }

  /** The tuples of both; one of {@code over} stands where the one of its name stood. */
  private static List<NodeTuple> merged(List<NodeTuple> below, List<NodeTuple> over) {
    List<NodeTuple> whole = new ArrayList<>();
    for (NodeTuple tuple : below) {
      List<NodeTuple> instead = over.stream().filter(t -> key(t).equals(key(tuple))).toList();
      whole.addAll(instead.isEmpty() ? List.of(tuple) : instead);
    }
    over.stream()
        .filter(t -> below.stream().noneMatch(b -> key(b).equals(key(t))))
        .forEach(whole::add);
    return whole;
  }

  /** Without the axes that the scale fixes, and without what was fixed and is its axis. */
  private static List<NodeTuple> displaced(List<NodeTuple> study, MappingNode scale) {
    Set<String> fixed = keys(scale, "fixed");
    Set<String> axes = keys(scale, "axes");
    List<NodeTuple> left = new ArrayList<>();
    for (NodeTuple tuple : study) {
      Set<String> gone = new LinkedHashSet<>();
      if (key(tuple).equals("axes")) {
        gone.addAll(fixed);
        gone.removeAll(axes);
      } else if (key(tuple).equals("fixed")) {
        gone.addAll(axes);
        gone.removeAll(fixed);
      }
      if (tuple.getValueNode() instanceof MappingNode mapping && !gone.isEmpty()) {
        List<NodeTuple> kept =
            mapping.getValue().stream().filter(t -> !gone.contains(key(t))).toList();
        left.add(new NodeTuple(tuple.getKeyNode(), copy(mapping, kept)));
      } else {
        left.add(tuple);
      }
    }
    return left;
  }

  private static Set<String> keys(MappingNode mapping, String under) {
    Set<String> keys = new LinkedHashSet<>();
    if (value(mapping, under).orElse(null) instanceof MappingNode inner) {
      inner.getValue().forEach(t -> keys.add(key(t)));
    }
    return keys;
  }

  private static Optional<Node> value(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(t -> key(t).equals(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private static String key(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key ? Fields.plain(key.getValue()) : "";
  }

  private static MappingNode copy(MappingNode like, List<NodeTuple> tuples) {
    return new MappingNode(
        like.getTag(), true, tuples, like.getStartMark(), like.getEndMark(), like.getFlowStyle());
  }
}
