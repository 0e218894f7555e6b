package org.initlab.experiment.report;

import java.util.List;
import java.util.stream.Collectors;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;

/** The figure that shows from what a study chose: the metric by value, the choices ringed. */
final class ChoiceFigure {

  static final String ID = "choices";

  private static final String LEGEND =
      "\"legend\": {\"orient\": \"bottom\", \"columns\": 3,"
          + " \"symbolType\": \"stroke\", \"symbolStrokeWidth\": 3}";

  private ChoiceFigure() {}

  /**
   * The figure of a study that chooses.
   *
   * @param naming of the grid's cells
   */
  static Study.Figure of(Study study, Select select, Naming naming) {
    List<String> rest = select.rest(study.grid());
    boolean tellsScheme = rest.contains(Argument.SCHEME.key());
    List<String> panels =
        rest.stream().filter(axis -> !axis.equals(Argument.SCHEME.key())).toList();
    String by = select.by().replace('_', ' ');
    String sql =
        """
        SELECT %s AS panel, dense_rank() OVER (ORDER BY %s) AS place,
          %s AS series, %s AS x, validation, IF(low < 0, 0, low) AS low, high, lost, repeats,
          rank = 1 AS chosen, IF(lost > 0, concat(lost, '/', repeats, ' lost'), null) AS label
        FROM candidates ORDER BY place, series, %s
        """
            .formatted(
                panels.isEmpty() ? "''" : naming.of(panels, panels.get(0)),
                panels.isEmpty() ? "1" : String.join(", ", panels),
                tellsScheme ? naming.value(Argument.SCHEME.key()) : "''",
                isNumber(select) ? select.axes().get(0) : new Choices(study, select).label(),
                String.join(", ", select.axes()));
    String vegaLite =
        Resource.own("choices.json")
            .replace("{X}", axis(study, select))
            .replace("{Y}", by)
            .replace(
                "{COLOR}",
                tellsScheme
                    ? "\"nominal\", \"title\": null, " + LEGEND
                    : "\"nominal\", \"legend\": null");
    return new Study.Figure(
        ID,
        ChoiceTable.title(select),
        "Mean over repeats with its 95 % t interval after update "
            + select.step(study.measure())
            + "; what was chosen is ringed. A value that lost a trial has no mean, and says how many"
            + " it lost.",
        sql,
        vegaLite);
  }

  private static boolean isNumber(Select select) {
    return select.axes().size() == 1
        && Argument.of(select.axes().get(0)).orElseThrow().kind() != Argument.Kind.TEXT;
  }

  private static String axis(Study study, Select select) {
    String title =
        select.axes().stream().map(a -> a.replace('_', ' ')).collect(Collectors.joining(", "));
    if (!isNumber(select)) {
      return "\"type\": \"nominal\", \"sort\": null, \"title\": \"" + title + "\"";
    }
    boolean positive =
        study.grid().axes().stream()
            .filter(a -> a.name().equals(select.axes().get(0)))
            .map(Axis::values)
            .flatMap(List::stream)
            .allMatch(v -> Double.parseDouble(v) > 0);
    return "\"type\": \"quantitative\", \"title\": \""
        + title
        + "\", \"axis\": {\"format\": \"~g\", \"tickCount\": 4}"
        + (positive ? ", \"scale\": {\"type\": \"log\", \"nice\": false}" : "");
  }
}
