package org.initlab.experiment.grid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.initlab.experiment.Study.Claim;
import org.initlab.experiment.Study.Figure;
import org.initlab.experiment.Study.Paper;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the paper, the claims and the figures of a study. */
final class PartsReader {

  /** Names of studies, scales, claims and figures: they become parts of file names. */
  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  static final String NAME_SAYS = "a to z, 0 to 9 and -, not - first.";

  private static final List<String> PAPER = List.of("cite", "title", "link");
  private static final List<String> CLAIM = List.of("id", "source", "says", "sql");
  private static final List<String> FIGURE = List.of("id", "title", "says", "sql", "vega-lite");

  private final Problems problems;

  PartsReader(Problems problems) {
    this.problems = problems;
  }

  Optional<Paper> paper(Fields study) {
    return study
        .get("paper")
        .flatMap(n -> Fields.of("paper", n, PAPER, problems))
        .map(
            f ->
                new Paper(
                    f.requiredText("cite", "AUTHORS YEAR").orElse(""),
                    f.text("title").orElse(""),
                    f.text("link").orElse("")));
  }

  List<Claim> claims(Fields study) {
    List<Claim> claims = new ArrayList<>();
    Map<String, Node> ids = new HashMap<>();
    for (Node node : study.list("claims")) {
      Fields.of("a claim", node, CLAIM, problems)
          .ifPresent(
              f ->
                  claims.add(
                      new Claim(
                          id("claim", f, ids),
                          f.text("source").orElse(""),
                          f.requiredText("says", "a sentence").orElse(""),
                          claimSql(f))));
    }
    return claims;
  }

  List<Figure> figures(Fields study) {
    List<Figure> figures = new ArrayList<>();
    Map<String, Node> ids = new HashMap<>();
    for (Node node : study.list("figures")) {
      Fields.of("a figure", node, FIGURE, problems)
          .ifPresent(
              f -> {
                String id = id("figure", f, ids);
                figures.add(
                    new Figure(
                        id,
                        f.text("title").orElse(id),
                        f.requiredText("says", "a sentence").orElse(""),
                        f.requiredText("sql", "SELECT ...").orElse(""),
                        drawing(f)));
              });
    }
    return figures;
  }

  private String id(String what, Fields fields, Map<String, Node> ids) {
    Optional<String> id = fields.requiredText("id", "a-name");
    if (id.isEmpty()) {
      return "";
    }
    Node node = fields.get("id").orElseThrow();
    if (!NAME.matcher(id.get()).matches()) {
      problems.add(node, what + " id '" + id.get() + "' is no name. Allowed: " + NAME_SAYS);
    }
    Node twin = ids.putIfAbsent(id.get(), node);
    if (twin != null) {
      problems.add(
          node,
          what
              + " id '"
              + id.get()
              + "' is given twice, first on line "
              + Problems.line(twin)
              + ". Write another.");
    }
    return id.get();
  }

  private String claimSql(Fields fields) {
    Optional<String> sql =
        fields.requiredText("sql", "SELECT ... AS measured, ... AS reference, ... AS holds");
    for (String column : List.of("measured", "reference", "holds")) {
      if (sql.isPresent()
          && !Pattern.compile("(?i)\\b" + column + "\\b").matcher(sql.get()).find()) {
        problems.add(
            fields.get("sql").orElseThrow(),
            "the sql of a claim has no column "
                + column
                + ". Write SELECT ... AS measured, ... AS reference, ... AS holds.");
      }
    }
    return sql.orElse("");
  }

  private String drawing(Fields fields) {
    Optional<Node> node = fields.require("vega-lite", "{mark: ..., encoding: {...}}");
    if (node.isEmpty()) {
      return "";
    }
    if (!(node.get() instanceof MappingNode mapping) || mapping.getValue().isEmpty()) {
      problems.add(
          node.get(),
          "vega-lite is "
              + Scalars.describe(node.get())
              + ", and a specification is wanted. Write {mark: ..., encoding: {...}}.");
      return "";
    }
    return new JsonText(problems).of(mapping);
  }
}
