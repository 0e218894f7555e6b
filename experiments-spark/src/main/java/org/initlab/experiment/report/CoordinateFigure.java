package org.initlab.experiment.report;

/** The figure of how far training moves activations, by width, and with which slopes. */
final class CoordinateFigure {

  static final String ID = "coordinate-check";

  /** The changes of the first and the last hidden layer and of the output layer. */
  private static final String CHANGES =
      """
      (SELECT r.*, CASE WHEN layer = 1 THEN 'first hidden layer'
          WHEN layer = top THEN 'output layer' ELSE 'last hidden layer' END AS place
        FROM (SELECT *, max(layer) OVER (PARTITION BY trial) AS top FROM results
              WHERE metric = 'coordinate_check' AND step = {LAST}) r
        WHERE layer = 1 OR layer >= top - 1)""";

  /** With the holes of {@link StandardFigures}. */
  static final String SQL =
      """
      SELECT concat_ws(', ', {LINE}, {PANEL}) AS panel,
        dense_rank() OVER (ORDER BY {PLACES}, {LINES}) AS panel_place, place, width, c.mean,
        greatest(c.low, c.mean / 1000) AS low, c.high, c.n, c.lost, slope, r2,
        CASE WHEN width = max(width) OVER (PARTITION BY {LINES}, {PLACES}, place)
             THEN concat('slope ', format_number(slope, 2)) ELSE '' END AS label
      FROM (
        SELECT {PLACES}, {LINES}, layer, place, width, ci(collect_list(value)) AS c
        FROM changes GROUP BY {PLACES}, {LINES}, layer, place, width)
      JOIN (
        SELECT {PLACES}, {LINES}, place, regr_slope(ln(value), ln(width)) AS slope,
          regr_r2(ln(value), ln(width)) AS r2
        FROM changes GROUP BY {PLACES}, {LINES}, place)
      USING ({PLACES}, {LINES}, place)
      WHERE c.mean > 0
      ORDER BY {PLACES}, {LINES}, layer, width
      """
          .replace("changes", CHANGES);

  private CoordinateFigure() {}

  /** What it shows after so many updates. */
  static String says(long updates) {
    return "Mean absolute change of activations (of outputs in the output layer) after "
        + updates
        + " updates, mean over repeats with its 95 % t interval; slopes are those of ln(change)"
        + " against ln(width). Level lines are what the maximal update parametrization has.";
  }
}
