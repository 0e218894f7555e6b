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

  private final Study study;

  private StandardFigures(Study study) {
    this.study = study;
  }

  static List<Study.Figure> of(Study study) {
    return new StandardFigures(study).figures();
  }

  private List<Study.Figure> figures() {
    List<Study.Figure> figures = new ArrayList<>();
    if (measures("error") && varies(Argument.DEPTH) && varies(Argument.WIDTH)) {
      figures.add(errorByShape());
    }
    if (measures("loss")) {
      figures.add(lossCurves());
    }
    figures.add(outcomes());
    if (measures("activation_moments")) {
      figures.add(activationScale());
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
    List<String> parts = new ArrayList<>(List.of("scheme"));
    for (Axis axis : study.grid().axes()) {
      if (!PLACES.contains(axis.name()) && axis.values().size() > 1) {
        parts.add("concat('" + axis.name() + " ', " + axis.name() + ")");
      }
    }
    return "concat_ws(', ', " + String.join(", ", parts) + ")";
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
    Map<String, String> holes =
        Map.of(
            "SERIES",
            series(),
            "MIDDLE",
            middleWidth(),
            "STEPS",
            study.measure().at().stream().map(s -> s + "L").collect(Collectors.joining(", ")),
            "LAST",
            study.measure().at().isEmpty()
                ? "0L"
                : study.measure().at().get(study.measure().at().size() - 1) + "L");
    String query = sql;
    for (Map.Entry<String, String> hole : holes.entrySet()) {
      query = query.replace("{" + hole.getKey() + "}", hole.getValue());
    }
    return new Study.Figure(id, title, says, query, Resource.own(id + ".json"));
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

  private Study.Figure activationScale() {
    return figure(
        "activation-std",
        "Standard deviation of activations at initialization, by layer and depth",
        "Before the first update; mean over repeats with its 95 % t interval." + atMiddleWidth(),
        """
        SELECT series, depth, layer, c.mean, greatest(c.low, c.mean / 1000) AS low, c.high, c.n,
          c.lost
        FROM (
          SELECT {SERIES} AS series, depth, layer, ci(collect_list(value)) AS c
          FROM results
          WHERE metric = 'activation_moments/std' AND step = 0 AND {MIDDLE}
          GROUP BY 1, 2, 3)
        WHERE c.mean > 0
        ORDER BY series, depth, layer
        """);
  }
}
