package org.initlab.experiment.report;

import java.util.List;

/**
 * A number of each layer before training, drawn against the layer, theory's dashed behind it: one
 * row of the table for each.
 *
 * @param metric the row of the table of metrics that measures it
 * @param id of the figure
 * @param value name of the measurement; theory's is {@code predicted/} and this
 * @param title what stands above
 * @param y what stands at the axis
 * @param log whether the axis is logarithmic
 */
record LayerFigure(String metric, String id, String value, String title, String y, boolean log) {

  static final List<LayerFigure> TABLE =
      List.of(
          new LayerFigure(
              "activation_moments",
              "activation-std",
              "activation_moments/std",
              "Standard deviation of activations at initialization",
              "standard deviation",
              true),
          new LayerFigure(
              "length",
              "length",
              "length",
              "Length of the signal at initialization",
              "mean square q of pre-activations",
              true),
          new LayerFigure(
              "correlation",
              "correlation",
              "correlation",
              "Correlation of two inputs at initialization",
              "correlation of pre-activations",
              false),
          new LayerFigure(
              "chi1",
              "chi1",
              "chi1",
              "Factor of the gradient's mean square through each layer at initialization",
              "chi_1",
              true),
          new LayerFigure(
              "gradient_moments",
              "gradient-std",
              "gradient_moments/preactivation_std",
              "Back-propagated gradients at initialization",
              "standard deviation of dC/ds",
              true),
          new LayerFigure(
              "jacobian_spectrum",
              "jacobian-mean",
              "jacobian_spectrum/mean",
              "Mean squared singular value of each layer's Jacobian at initialization",
              "mean squared singular value",
              true),
          new LayerFigure(
              "effective_rank",
              "effective-rank",
              "effective_rank",
              "Effective rank of activations at initialization",
              "effective rank",
              true),
          new LayerFigure(
              "dead_units",
              "dead-units",
              "dead_units",
              "Units that pass no gradient at initialization",
              "fraction of units",
              false));

  String says() {
    return "Before the first update: points are means over repeats with their 95 % t interval, dashed"
        + " lines what the theory of wide networks predicts, where it does.";
  }

  /**
   * With the holes of {@link StandardFigures}; deep networks show some forty layers. What differs
   * in training alone is one network before it, and counts once.
   */
  String sql() {
    return """
        SELECT {PANEL} AS panel, dense_rank() OVER (ORDER BY {PLACES}) AS panel_place,
          {LINE} AS scheme, layer, c.mean, {LOW} AS low, c.high, c.n, c.lost, predicted
        FROM (
          SELECT {PLACES}, {LINES}, layer, ci(collect_list(value)) AS c,
            avg(predicted) AS predicted
          FROM (
            SELECT {PLACES}, {LINES}, repeat, r.layer, avg(r.value) AS value,
              avg(p.value) AS predicted
            FROM results r LEFT JOIN (
              SELECT trial, layer, value FROM measurements
              WHERE metric = 'predicted/{VALUE}' AND step = 0) p
            ON r.trial = p.trial AND r.layer = p.layer
            WHERE metric = '{VALUE}' AND step = 0 AND r.layer > 0 AND {MIDDLE}
              AND (r.layer = 1 OR r.layer % ceil(depth / 40.0) = 0)
            GROUP BY {PLACES}, {LINES}, repeat, r.layer)
          GROUP BY {PLACES}, {LINES}, layer)
        WHERE {SHOWN}
        ORDER BY {PLACES}, scheme, layer
        """
        .replace("{LOW}", log ? "greatest(c.low, c.mean / 1000)" : "c.low")
        .replace("{SHOWN}", log ? "c.mean > 0" : "c.mean IS NOT NULL")
        .replace("{VALUE}", value);
  }

  String vegaLite() {
    return Resource.own("layers.json")
        .replace("{Y}", y)
        .replace("{SCALE}", log ? "{\"type\": \"log\"}" : "{\"zero\": false}");
  }
}
