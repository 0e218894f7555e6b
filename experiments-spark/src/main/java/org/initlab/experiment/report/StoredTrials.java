package org.initlab.experiment.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measurement;

/** Stored trials one after another, each with its numbers: some hundred are in memory at a time. */
final class StoredTrials {

  private static final int TRIALS_A_PART = 250;

  private static final String SQL =
      """
      SELECT t.*, n.numbers
      FROM (SELECT * FROM trials t LEFT SEMI JOIN wanted w ON t.id = w.value) t
      LEFT JOIN (
        SELECT trial, sort_array(collect_list(struct(metric, layer, bin, step, value))) AS numbers
        FROM measurements m LEFT SEMI JOIN wanted w ON m.trial = w.value
        WHERE %s GROUP BY trial) n
      ON t.id = n.trial
      """;

  private StoredTrials() {}

  /**
   * The trials of these ids.
   *
   * @param where SQL that is true of the measurements that are wanted
   */
  static Iterator<StoredTrial> of(SparkSession spark, Collection<String> ids, String where) {
    int parts = 2 + ids.size() / TRIALS_A_PART;
    spark.conf().set("spark.sql.shuffle.partitions", Integer.toString(parts));
    spark.createDataset(List.copyOf(ids), Encoders.STRING()).createOrReplaceTempView("wanted");
    Iterator<Row> rows = spark.sql(SQL.formatted(where)).toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public StoredTrial next() {
        return trial(rows.next());
      }
    };
  }

  private static StoredTrial trial(Row row) {
    Map<String, String> arguments = new TreeMap<>();
    for (Argument argument : Argument.values()) {
      Object value = row.getAs(argument.key());
      if (value != null) {
        arguments.put(argument.key(), value.toString());
      }
    }
    Long divergedAt = row.getAs("diverged_at");
    String error = row.getAs("error");
    Object finished = row.getAs("finished_at");
    return new StoredTrial(
        row.getAs("id"),
        arguments,
        row.<Integer>getAs("repeat"),
        row.<Long>getAs("seed"),
        row.getAs("outcome"),
        divergedAt == null ? OptionalLong.empty() : OptionalLong.of(divergedAt),
        error == null ? "" : error,
        row.<Double>getAs("seconds"),
        finished instanceof java.sql.Timestamp t ? t.toInstant() : (Instant) finished,
        row.getAs("host"),
        numbers(row));
  }

  private static List<Measurement> numbers(Row row) {
    int column = row.fieldIndex("numbers");
    if (row.isNullAt(column)) {
      return List.of();
    }
    List<Row> numbers = row.getList(column);
    return numbers.stream()
        .map(
            n ->
                new Measurement(
                    n.getString(0), n.getLong(3), n.getInt(1), n.getInt(2), n.getDouble(4)))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
