package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Study;

/** The figures that any study gets from its axes and metrics, unless it draws one of their name. */
final class StandardFigures {

  private static final Set<String> PLACES =
      Set.of(Argument.SCHEME.key(), Argument.DEPTH.key(), Argument.WIDTH.key());

  /** What nothing depends on before the first update. */
  private static final Set<String> OF_TRAINING =
      Stream.of(
              Argument.OPTIMIZER,
              Argument.LEARNING_RATE,
              Argument.MOMENTUM,
              Argument.WEIGHT_DECAY,
              Argument.SCHEDULE,
              Argument.WARMUP,
              Argument.BATCH,
              Argument.STEPS)
          .map(Argument::key)
          .collect(Collectors.toUnmodifiableSet());

  private final Study study;
  private final Naming naming;

  private StandardFigures(Study study) {
    this.study = study;
    naming = new Naming(study.grid());
  }

  static List<Study.Figure> of(Study study) {
    return new StandardFigures(study).figures();
  }

  private List<Study.Figure> figures() {
    List<Study.Figure> figures = new ArrayList<>();
    study.select().ifPresent(s -> figures.add(ChoiceFigure.of(study, s, naming)));
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
                layers.title() + ", by layer",
                layers.says() + atMiddleWidth(),
                layers.sql(),
                layers.vegaLite(),
                OF_TRAINING));
      }
    }
    if (measures("coordinate_check") && varies(Argument.WIDTH) && last() > 0) {
      figures.add(
          figure(
              CoordinateFigure.ID,
              "Coordinate check: how far training moves activations, by width",
              CoordinateFigure.says(last()),
              CoordinateFigure.SQL));
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

  /** What tells lines of a panel apart. */
  private static final List<String> LINES =
      List.of(Argument.SCHEME.key(), Argument.CALIBRATOR.key());

  /** The columns that tell panels apart: every axis without a place of its own, and the depth. */
  private List<String> places(Set<String> without) {
    List<String> places = new ArrayList<>(naming.varying());
    places.removeAll(PLACES);
    places.removeAll(LINES);
    places.removeAll(without);
    places.add(Argument.DEPTH.key());
    return places;
  }

  /** The axes of which a study shows what it chose. */
  private Set<String> chosen() {
    return study.select().map(select -> Set.copyOf(select.axes())).orElse(Set.of());
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
    return figure(id, title, says, sql, Resource.own(id + ".json"), Set.of());
  }

  /** A figure whose panels do not tell some axes apart. */
  private Study.Figure figure(
      String id, String title, String says, String sql, String vegaLite, Set<String> without) {
    List<String> places = places(without);
    List<String> cells = new ArrayList<>(naming.varying());
    cells.removeAll(Set.of(Argument.DEPTH.key(), Argument.WIDTH.key()));
    cells.remove(Argument.SCHEME.key());
    cells.add(0, Argument.SCHEME.key());
    Map<String, String> holes =
        Map.of(
            "CELL",
            naming.of(cells, Argument.SCHEME.key()),
            "LINE",
            naming.of(LINES, Argument.SCHEME.key()),
            "LINES",
            naming.varying().contains(Argument.CALIBRATOR.key()) ? "scheme, calibrator" : "scheme",
            "MIDDLE",
            middleWidth(),
            "STEPS",
            study.measure().at().stream().map(s -> s + "L").collect(Collectors.joining(", ")),
            "PANEL",
            naming.of(places, Argument.DEPTH.key()),
            "PLACES",
            String.join(", ", places),
            "TRIALS",
            chosen().isEmpty() ? "trials" : "selected_trials",
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
          SELECT {CELL} AS series, depth, width, count_if(outcome = 'diverged') AS diverged,
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
        "Held-out loss while training",
        "Mean over repeats with its 95 % t interval. A curve ends where the first of its trials"
            + " diverges; what is above 20 times the median of all means is not shown."
            + (chosen().isEmpty() ? "" : " Each cell with what was chosen for it.")
            + atMiddleWidth(),
        """
        SELECT {PANEL} AS panel, dense_rank() OVER (ORDER BY {PLACES}) AS panel_place,
          {LINE} AS series, step, c.mean, IF(c.low < 0, 0, c.low) AS low,
          least(c.high, most) AS high, c.n, c.lost
        FROM (SELECT *, 20 * percentile(c.mean, 0.5) OVER () AS most FROM (
          SELECT {PLACES}, {LINES}, at.step,
            ci(collect_list(coalesce(value, double('NaN')))) AS c
          FROM {TRIALS} CROSS JOIN (SELECT explode(array({STEPS})) AS step) at
          LEFT JOIN (
            SELECT trial, step, value FROM measurements
            WHERE metric = 'loss' AND layer = 0) m
          ON id = m.trial AND at.step = m.step
          WHERE outcome <> 'failed' AND {MIDDLE} AND at.step > 0
          GROUP BY {PLACES}, {LINES}, at.step))
        WHERE c.mean <= most
        ORDER BY {PLACES}, series, step
        """,
        Resource.own("loss-curves.json").replace("{Y}", loss()),
        chosen());
  }

  private String loss() {
    String loss = study.grid().fixed().getOrDefault(Argument.LOSS.key(), "cross_entropy");
    return naming.varying().contains(Argument.LOSS.key())
        ? "held-out loss"
        : loss.equals("cross_entropy") ? "held-out loss (nats)" : "held-out squared error";
  }

  private Study.Figure outcomes() {
    return figure(
        "outcomes",
        "How the trials ended",
        "Completed: all updates done. Diverged: the training loss was NaN or infinite. Failed:"
            + " an error stopped the trial.",
        """
        SELECT {CELL} AS series, outcome, count(*) AS trials
        FROM trials GROUP BY 1, 2 ORDER BY 1, 2
        """);
  }
}
