package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Study;

/** The figures that any study gets from its axes and metrics, unless it draws one of their name. */
final class StandardFigures {

  private static final Set<String> PLACES =
      Set.of(Argument.SCHEME.key(), Argument.DEPTH.key(), Argument.WIDTH.key());

  /** The changes of the first and the last hidden layer and of the output layer. */
  private static final String CHANGES =
      """
      (SELECT r.*, CASE WHEN layer = 1 THEN 'first hidden layer'
          WHEN layer = top THEN 'output layer' ELSE 'last hidden layer' END AS place
        FROM (SELECT *, max(layer) OVER (PARTITION BY trial) AS top FROM results
              WHERE metric = 'coordinate_check' AND step = {LAST}) r
        WHERE layer = 1 OR layer >= top - 1)""";

  private final Study study;

  private StandardFigures(Study study) {
    this.study = study;
  }

  static List<Study.Figure> of(Study study) {
    return new StandardFigures(study).figures();
  }

  private List<Study.Figure> figures() {
    List<Study.Figure> figures = new ArrayList<>();
    study.select().ifPresent(s -> figures.add(ChoiceFigure.of(study, s, scheme())));
    if (measures("error") && varies(Argument.DEPTH) && varies(Argument.WIDTH)) {
      figures.add(errorByShape());
    }
    if (measures("loss")) {
      figures.add(lossCurves());
    }
    figures.add(outcomes());
    for (LayerFigure layers : LayerFigure.TABLE) {
      if (measures(layers.metric())) {
        figures.add(
            figure(
                layers.id(),
                layers.title() + ", by layer and depth",
                layers.says() + atMiddleWidth(),
                layers.sql(),
                layers.vegaLite()));
      }
    }
    if (measures("coordinate_check") && varies(Argument.WIDTH) && last() > 0) {
      figures.add(coordinateCheck());
    }
    Set<String> own = study.figures().stream().map(Study.Figure::id).collect(Collectors.toSet());
    figures.removeIf(figure -> own.contains(figure.id()));
    return figures;
  }

  private boolean measures(String metric) {
    return study.measure().metrics().contains(metric);
  }

  private boolean varies(Argument argument) {
    return study.grid().axes().stream()
        .anyMatch(a -> a.name().equals(argument.key()) && a.values().size() > 1);
  }

  /** What tells lines apart: the scheme, and every axis without a place of its own. */
  private String series() {
    List<String> parts = new ArrayList<>(List.of(scheme()));
    for (Axis axis : study.grid().axes()) {
      if (!PLACES.contains(axis.name()) && axis.values().size() > 1) {
        parts.add("concat('" + axis.name() + " ', " + axis.name() + ")");
      }
    }
    return "concat_ws(', ', " + String.join(", ", parts) + ")";
  }

  /** The scheme as a legend names it. */
  private String scheme() {
    StringBuilder cases = new StringBuilder();
    for (Axis axis : study.grid().axes()) {
      if (axis.name().equals(Argument.SCHEME.key())) {
        SchemeLabels.of(axis.values())
            .forEach(
                (scheme, label) -> {
                  if (!label.equals(scheme)) {
                    cases.append(" WHEN ").append(quoted(scheme));
                    cases.append(" THEN ").append(quoted(label));
                  }
                });
      }
    }
    return cases.isEmpty() ? "scheme" : "CASE scheme" + cases + " ELSE scheme END";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** The columns that tell panels apart: every axis without a place of its own, and the depth. */
  private List<String> places() {
    List<String> places = new ArrayList<>();
    for (Axis axis : study.grid().axes()) {
      if (!PLACES.contains(axis.name()) && axis.values().size() > 1) {
        places.add(axis.name());
      }
    }
    places.add(Argument.DEPTH.key());
    return places;
  }

  private String panel() {
    return "concat_ws(', ', "
        + places().stream()
            .map(place -> "concat('" + place.replace('_', ' ') + " ', " + place + ")")
            .collect(Collectors.joining(", "))
        + ")";
  }

  private long last() {
    List<Long> at = study.measure().at();
    return at.isEmpty() ? 0 : at.get(at.size() - 1);
  }

  /** A condition that leaves one width. */
  private String middleWidth() {
    return width() == null ? "true" : "width = " + width();
  }

  private String atMiddleWidth() {
    return width() == null ? "" : " Width " + width() + ".";
  }

  private String width() {
    return study.grid().axes().stream()
        .filter(a -> a.name().equals(Argument.WIDTH.key()) && a.values().size() > 1)
        .map(a -> a.values().stream().sorted((x, y) -> Long.compare(of(x), of(y))).toList())
        .map(values -> values.get((values.size() - 1) / 2))
        .findFirst()
        .orElse(null);
  }

  private static long of(String number) {
    return Long.parseLong(number);
  }

  private Study.Figure figure(String id, String title, String says, String sql) {
    return figure(id, title, says, sql, Resource.own(id + ".json"));
  }

  private Study.Figure figure(String id, String title, String says, String sql, String vegaLite) {
    Map<String, String> holes =
        Map.of(
            "SERIES",
            series(),
            "SCHEME",
            scheme(),
            "MIDDLE",
            middleWidth(),
            "STEPS",
            study.measure().at().stream().map(s -> s + "L").collect(Collectors.joining(", ")),
            "PANEL",
            panel(),
            "PLACES",
            String.join(", ", places()),
            "LAST",
            last() + "L");
    String query = sql;
    for (Map.Entry<String, String> hole : holes.entrySet()) {
      query = query.replace("{" + hole.getKey() + "}", hole.getValue());
    }
    return new Study.Figure(id, title, says, query, vegaLite);
  }

  private Study.Figure errorByShape() {
    return figure(
        "error-by-depth-and-width",
        "Held-out error after the last update, by depth and width",
        "Mean over repeats. Grey cells have no mean because a trial diverged: the text says how"
            + " many of how many. Failed trials are left out.",
        """
        SELECT series, depth, width, c.mean AS error, c.low, c.high, c.n, diverged,
          CASE WHEN diverged > 0 THEN concat(diverged, '/', c.n, ' div.')
               WHEN c.mean IS NULL THEN 'no value'
               ELSE format_number(c.mean, 3) END AS label
        FROM (
          SELECT {SERIES} AS series, depth, width, count_if(outcome = 'diverged') AS diverged,
            ci(collect_list(coalesce(value, double('NaN')))) AS c
          FROM trials LEFT JOIN (
            SELECT trial, value FROM measurements
            WHERE metric = 'error' AND layer = 0 AND step = {LAST})
          ON id = trial
          WHERE outcome <> 'failed'
          GROUP BY 1, 2, 3)
        ORDER BY series, depth, width
        """);
  }

  private Study.Figure lossCurves() {
    return figure(
        "loss-curves",
        "Held-out loss while training, by depth",
        "Mean over repeats with its 95 % t interval. A curve ends where the first of its trials"
            + " diverges."
            + atMiddleWidth(),
        """
        SELECT series, depth, step, c.mean, c.low, c.high, c.n, c.lost
        FROM (
          SELECT {SERIES} AS series, depth, at.step,
            ci(collect_list(coalesce(value, double('NaN')))) AS c
          FROM trials CROSS JOIN (SELECT explode(array({STEPS})) AS step) at
          LEFT JOIN (
            SELECT trial, step, value FROM measurements
            WHERE metric = 'loss' AND layer = 0) m
          ON id = m.trial AND at.step = m.step
          WHERE outcome <> 'failed' AND {MIDDLE} AND at.step > 0
          GROUP BY 1, 2, 3)
        WHERE c.lost < c.n
        ORDER BY series, depth, step
        """);
  }

  private Study.Figure outcomes() {
    return figure(
        "outcomes",
        "How the trials ended",
        "Completed: all updates done. Diverged: the training loss was NaN or infinite. Failed:"
            + " an error stopped the trial.",
        """
        SELECT {SERIES} AS series, outcome, count(*) AS trials
        FROM trials GROUP BY 1, 2 ORDER BY 1, 2
        """);
  }

  private Study.Figure coordinateCheck() {
    return figure(
        "coordinate-check",
        "Coordinate check: how far training moves activations, by width",
        "Mean absolute change of activations (of outputs in the output layer) after "
            + last()
            + " updates, mean over repeats with its 95 % t interval; slopes are those of ln(change)"
            + " against ln(width). Level lines are what the maximal update parametrization has.",
        """
        SELECT concat({SCHEME}, ', ', {PANEL}) AS panel,
          dense_rank() OVER (ORDER BY {PLACES}, scheme) AS panel_place, place, width, c.mean,
          greatest(c.low, c.mean / 1000) AS low, c.high, c.n, c.lost, slope, r2,
          CASE WHEN width = max(width) OVER (PARTITION BY scheme, {PLACES}, place)
               THEN concat('slope ', format_number(slope, 2)) ELSE '' END AS label
        FROM (
          SELECT {PLACES}, scheme, layer, place, width, ci(collect_list(value)) AS c
          FROM changes GROUP BY {PLACES}, scheme, layer, place, width)
        JOIN (
          SELECT {PLACES}, scheme, place, regr_slope(ln(value), ln(width)) AS slope,
            regr_r2(ln(value), ln(width)) AS r2
          FROM changes GROUP BY {PLACES}, scheme, place)
        USING ({PLACES}, scheme, place)
        WHERE c.mean > 0
        ORDER BY {PLACES}, scheme, layer, width
        """
            .replace("changes", CHANGES));
  }
}
