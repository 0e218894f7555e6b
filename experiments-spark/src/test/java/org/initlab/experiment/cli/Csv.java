package org.initlab.experiment.cli;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of comma-separated values, by the names in its first line. */
final class Csv {

  private Csv() {}

  static List<Map<String, String>> read(Path file) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setNullValue("");
    settings.setMaxColumns(100);
    List<String[]> lines = new CsvParser(settings).parseAll(file.toFile());
    List<Map<String, String>> rows = new ArrayList<>();
    for (String[] line : lines.subList(1, lines.size())) {
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < line.length; i++) {
        row.put(lines.get(0)[i], line[i]);
      }
      rows.add(row);
    }
    return rows;
  }
}
