package org.initlab.experiment.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that a query gave. The fields of a struct are columns of their own, {@code c.mean}.
 *
 * @param columns names
 * @param rows values in the order of the columns; null where there is none
 */
record Table(List<String> columns, List<List<Object>> rows) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The first rows of a query, one more than {@code most} if there are more. */
  static Table of(Dataset<Row> query, int most) {
    List<String> columns = new ArrayList<>();
    names("", query.schema(), columns);
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : query.limit(most + 1).collectAsList()) {
      List<Object> values = new ArrayList<>();
      values(row, query.schema(), values);
      rows.add(values);
    }
    return new Table(columns, rows);
  }

  private static void names(String prefix, StructType type, List<String> columns) {
    for (StructField field : type.fields()) {
      if (field.dataType() instanceof StructType inner) {
        names(prefix + field.name() + ".", inner, columns);
      } else {
        columns.add(prefix + field.name());
      }
    }
  }

  private static void values(Row row, StructType type, List<Object> values) {
    for (int i = 0; i < type.size(); i++) {
      Object value = row == null ? null : row.get(i);
      if (type.apply(i).dataType() instanceof StructType inner) {
        values((Row) value, inner, values);
      } else {
        values.add(value);
      }
    }
  }

  /** The value of a column in the first row, whatever the letters' case; null if there is none. */
  Object first(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).equalsIgnoreCase(column)) {
        return rows.get(0).get(i);
      }
    }
    return null;
  }

  boolean has(String column) {
    return columns.stream().anyMatch(column::equalsIgnoreCase);
  }

  /** As Vega-Lite takes it: objects; what is not finite is null. */
  ArrayNode json() {
    ArrayNode array = JSON.createArrayNode();
    for (List<Object> row : rows) {
      ObjectNode object = array.addObject();
      for (int i = 0; i < row.size(); i++) {
        String[] path = columns.get(i).split("\\.");
        ObjectNode at = object;
        for (int p = 0; p < path.length - 1; p++) {
          at = at.withObject("/" + path[p]);
        }
        put(at, path[path.length - 1], row.get(i));
      }
    }
    return array;
  }

  private static void put(ObjectNode object, String name, Object value) {
    if (value == null || value instanceof Double d && !Double.isFinite(d)) {
      object.putNull(name);
    } else if (value instanceof Number || value instanceof Boolean) {
      object.putPOJO(name, value);
    } else {
      object.put(name, value.toString());
    }
  }

  /** With a line of names first; nothing where there is no value. */
  String csv() {
    List<List<Object>> lines = new ArrayList<>();
    lines.add(Collections.unmodifiableList(new ArrayList<>(columns)));
    lines.addAll(rows);
    return lines.stream()
        .map(line -> line.stream().map(Table::cell).collect(Collectors.joining(",")) + "\n")
        .collect(Collectors.joining());
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
