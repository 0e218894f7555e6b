package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.TrialId;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.StoredNumbers;

/** What a run has stored, without what may differ between runs of one study. */
final class RunTables {

  private RunTables() {}

  /** The only run folder in a folder; the folder itself while there is none. */
  static Path only(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return out;
    }
    try (Stream<Path> runs = Files.list(out)) {
      return runs.findFirst().orElse(out);
    }
  }

  /** How many shards of trials the only run in a folder has. */
  static int stored(Path out) throws IOException {
    Path trials = only(out).resolve("trials");
    if (!Files.isDirectory(trials)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(trials)) {
      return (int) files.filter(f -> f.getFileName().toString().startsWith("part-")).count();
    }
  }

  /** Outcome and measurements by trial: the two tables without durations. */
  static Map<TrialId, List<Object>> of(Path out) throws IOException {
    return of(ParquetStore.of(only(out)));
  }

  static Map<TrialId, List<Object>> of(ParquetStore store) throws IOException {
    Map<TrialId, List<Measurement>> numbers = StoredNumbers.of(store.folder());
    Map<TrialId, List<Object>> table = new LinkedHashMap<>();
    List<ResultStore.Row> rows =
        store.rows().stream().sorted(Comparator.comparing(ResultStore.Row::id)).toList();
    for (ResultStore.Row row : rows) {
      List<Measurement> measured = numbers.get(row.id());
      assertThat(measured).isNotEmpty();
      table.put(row.id(), List.of(row.outcome(), measured));
    }
    return table;
  }
}
