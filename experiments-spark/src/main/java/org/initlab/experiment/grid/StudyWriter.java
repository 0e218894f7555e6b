package org.initlab.experiment.grid;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes a study with nothing left to be resolved: every value in full, every argument named. */
final class StudyWriter {

  private StudyWriter() {}

  static String write(Study study) {
    List<NodeTuple> top = new ArrayList<>();
    put(top, "name", text(study.name()));
    put(top, "question", text(study.question()));
    study.paper().ifPresent(p -> put(top, "paper", paper(p)));
    put(top, "seed", number(Long.toString(study.seed())));
    put(top, "repeats", number(Integer.toString(study.repeats())));
    put(top, "fixed", cell(study.grid().fixed(), FlowStyle.BLOCK));
    put(top, "axes", axes(study.grid().axes()));
    put(
        top,
        "except",
        list(study.grid().except().stream().map(e -> cell(e, FlowStyle.FLOW)).toList()));
    put(top, "measure", measure(study));
    study.select().ifPresent(s -> put(top, "select", select(s)));
    put(top, "claims", list(study.claims().stream().map(StudyWriter::claim).toList()));
    put(top, "figures", list(study.figures().stream().map(StudyWriter::figure).toList()));
    DumperOptions options = new DumperOptions();
    options.setSplitLines(false);
    options.setAllowUnicode(true);
    StringWriter out = new StringWriter();
    new Yaml(options).serialize(mapping(top, FlowStyle.BLOCK), out);
    return out.toString();
  }

  private static Node paper(Study.Paper paper) {
    List<NodeTuple> tuples = new ArrayList<>();
    put(tuples, "cite", text(paper.cite()));
    putUnlessEmpty(tuples, "title", paper.title());
    putUnlessEmpty(tuples, "link", paper.link());
    return mapping(tuples, FlowStyle.BLOCK);
  }

  private static Node axes(List<Axis> axes) {
    List<NodeTuple> tuples = new ArrayList<>();
    for (Axis axis : axes) {
      put(
          tuples,
          axis.name(),
          flow(axis.values().stream().map(v -> value(axis.name(), v)).toList()));
    }
    return mapping(tuples, FlowStyle.BLOCK);
  }

  private static Node cell(Map<String, String> cell, FlowStyle style) {
    List<NodeTuple> tuples = new ArrayList<>();
    cell.forEach((name, value) -> put(tuples, name, value(name, value)));
    return mapping(tuples, style);
  }

  private static Node value(String name, String value) {
    boolean isText =
        Argument.of(name).map(Argument::kind).orElse(Argument.Kind.TEXT) == Argument.Kind.TEXT;
    return isText ? text(value) : number(value);
  }

  private static Node measure(Study study) {
    List<NodeTuple> tuples = new ArrayList<>();
    put(
        tuples,
        "metrics",
        flow(study.measure().metrics().stream().map(StudyWriter::text).toList()));
    put(
        tuples,
        "at",
        flow(study.measure().at().stream().map(s -> number(Long.toString(s))).toList()));
    List<NodeTuple> targets = new ArrayList<>();
    new TreeMap<>(study.measure().targets())
        .forEach((name, value) -> put(targets, name, number(Double.toString(value))));
    put(tuples, "target", mapping(targets, FlowStyle.FLOW));
    return mapping(tuples, FlowStyle.BLOCK);
  }

  private static Node select(Select select) {
    List<NodeTuple> tuples = new ArrayList<>();
    put(tuples, "axis", flow(select.axes().stream().map(StudyWriter::text).toList()));
    put(tuples, "by", text(select.by()));
    return mapping(tuples, FlowStyle.FLOW);
  }

  private static Node claim(Study.Claim claim) {
    List<NodeTuple> tuples = new ArrayList<>();
    put(tuples, "id", text(claim.id()));
    putUnlessEmpty(tuples, "source", claim.source());
    put(tuples, "says", text(claim.says()));
    put(tuples, "sql", text(claim.sql()));
    return mapping(tuples, FlowStyle.BLOCK);
  }

  private static Node figure(Study.Figure figure) {
    List<NodeTuple> tuples = new ArrayList<>();
    put(tuples, "id", text(figure.id()));
    put(tuples, "title", text(figure.title()));
    put(tuples, "says", text(figure.says()));
    put(tuples, "sql", text(figure.sql()));
    put(tuples, "vega-lite", json(JsonText.parse(figure.vegaLite())));
    return mapping(tuples, FlowStyle.BLOCK);
  }

  private static Node json(JsonNode json) {
    if (json.isObject()) {
      List<NodeTuple> tuples = new ArrayList<>();
      json.properties().forEach(e -> put(tuples, e.getKey(), json(e.getValue())));
      return mapping(tuples, FlowStyle.BLOCK);
    }
    if (json.isArray()) {
      List<Node> items = new ArrayList<>();
      json.forEach(n -> items.add(json(n)));
      return list(items);
    }
    if (json.isNumber()) {
      return number(json.asText());
    }
    if (json.isTextual()) {
      return text(json.textValue());
    }
    return scalar(json.isNull() ? Tag.NULL : Tag.BOOL, json.asText());
  }

  private static void putUnlessEmpty(List<NodeTuple> tuples, String key, String value) {
    if (!value.isEmpty()) {
      put(tuples, key, text(value));
    }
  }

  private static void put(List<NodeTuple> tuples, String key, Node value) {
    tuples.add(new NodeTuple(text(key), value));
  }

  private static Node mapping(List<NodeTuple> tuples, FlowStyle style) {
    return new MappingNode(Tag.MAP, tuples, style);
  }

  private static Node list(List<Node> items) {
    return new SequenceNode(Tag.SEQ, items, FlowStyle.BLOCK);
  }

  private static Node flow(List<Node> items) {
    return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
  }

  /** Text, in quotes where a parenthesis could be taken for an open one on reading. */
  private static Node text(String text) {
    boolean lines = text.contains("\n");
    boolean quotes = text.contains("(") || text.contains("..");
    ScalarStyle style =
        lines ? ScalarStyle.LITERAL : quotes ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
    return new ScalarNode(Tag.STR, text, null, null, style);
  }

  private static Node number(String canonical) {
    boolean exponent = canonical.contains("E");
    return scalar(
        canonical.contains(".") ? Tag.FLOAT : Tag.INT,
        exponent ? Scalars.portable(Double.parseDouble(canonical)) : canonical);
  }

  private static Node scalar(Tag tag, String text) {
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }
}
