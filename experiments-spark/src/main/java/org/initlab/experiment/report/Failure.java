package org.initlab.experiment.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Study;

/**
 * A trial that failed.
 *
 * @param id the first digits of its id, which name its log
 * @param cell where it lies on the axes
 * @param repeat its repeat
 * @param error the first line of its error
 */
record Failure(String id, Map<String, String> cell, int repeat, String error) {

  static List<Failure> of(Study study, SparkSession spark) {
    List<Failure> failures = new ArrayList<>();
    for (Row row :
        spark.sql("SELECT * FROM trials WHERE outcome = 'failed' ORDER BY id").collectAsList()) {
      Map<String, String> cell = new LinkedHashMap<>();
      for (Axis axis : study.grid().axes()) {
        cell.put(axis.name(), String.valueOf(row.<Object>getAs(axis.name())));
      }
      String error = row.getAs("error");
      failures.add(
          new Failure(
              row.<String>getAs("id").substring(0, 8),
              cell,
              row.<Integer>getAs("repeat"),
              error == null ? "" : error));
    }
    return failures;
  }
}
