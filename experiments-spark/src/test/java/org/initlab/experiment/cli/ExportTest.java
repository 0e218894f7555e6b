package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.mlflow.RecordedServer;
import org.initlab.experiment.mlflow.RecordedServer.Kept;
import org.initlab.experiment.store.ParquetStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What other programs get is what is stored. */
class ExportTest {

  @TempDir private static Path folder;
  private static Path run;
  private static ParquetStore store;
  private static List<Row> rows;

  @RegisterExtension private final Said said = new Said();

  @BeforeAll
  static void run() throws Exception {
    run = SmallRuns.plain(folder);
    store = ParquetStore.of(run);
    rows = store.rows();
    assertThat(rows.stream().filter(r -> r.outcome().equals("diverged"))).hasSize(6);
  }

  @Test
  void csvHoldsEveryTrialAndEveryNumber() throws Exception {
    Path to = folder.resolve("csv");

    assertThat(run("export", run, "--format", "csv", "--to", to)).as(said.toString()).isZero();

    assertThat(files(to)).containsExactly("columns.csv", "measurements.csv", "trials.csv");
    List<Map<String, String>> trials = Csv.read(to.resolve("trials.csv"));
    assertThat(trials).hasSize(18);
    assertThat(trials.get(0).keySet()).startsWith("trial", "scheme", "width", "repeat", "outcome");
    Map<String, String> outcomes =
        rows.stream().collect(Collectors.toMap(r -> r.id().hex(), Row::outcome));
    assertThat(trials)
        .allSatisfy(t -> assertThat(t).containsEntry("outcome", outcomes.get(t.get("trial"))))
        .allSatisfy(
            t ->
                assertThat(t.get("diverged_at").isEmpty())
                    .isEqualTo(!t.get("outcome").equals("diverged")));
    assertThat(trials.get(0)).containsEntry("learning_rate", "0.1").containsEntry("error", "");
    List<String> numbers =
        Csv.read(to.resolve("measurements.csv")).stream()
            .map(
                m ->
                    m.get("trial")
                        + new Measurement(
                            m.get("metric"),
                            Long.parseLong(m.get("step")),
                            Integer.parseInt(m.get("layer")),
                            Integer.parseInt(m.get("bin")),
                            Double.parseDouble(m.get("value"))))
            .toList();
    assertThat(numbers).containsExactlyInAnyOrderElementsOf(stored());
    assertThat(Csv.read(to.resolve("columns.csv")))
        .anySatisfy(
            c -> assertThat(c).containsEntry("column", "seconds").containsEntry("unit", "s"));
    said.reset();
    assertThat(run("export", run, "--format", "csv", "--to", to)).isEqualTo(Exit.USAGE);
    assertThat(said.toString()).contains("trials.csv is there already").contains("--force");
  }

  @Test
  void latexIsSetByLatex() throws Exception {
    Path to = folder.resolve("cells.tex");
    assertThat(run("export", run, "--to", to, "--metric", "loss,activation_moments/std"))
        .as(said.toString())
        .isZero();
    String table = Files.readString(to);
    List<String> lines = table.lines().filter(l -> l.endsWith("\\\\")).toList();
    assertThat(lines).hasSize(1 + 6 * 3); // six cells; layers 0, 1 and 2
    assertThat(lines).allMatch(line -> line.split(" & ", -1).length == 8);
    assertThat(table).contains("\\pm", "--- (3 lost)", "glorot\\_uniform");

    Path claims = folder.resolve("claims.tex");
    assertThat(run("export", run, "--to", claims, "--table", "claims")).isZero();
    assertThat(Files.readString(claims))
        .contains("$\\chi$$_{1}$ $\\leq$ 1 for $\\sigma$\\_w$^{2}$ \\textless{} 2 \\textbar{} é");
    Latex.set(folder, "cells.tex", "claims.tex");
  }

  @Test
  void anMlflowServerGetsEachTrialOnce() throws Exception {
    try (RecordedServer server = RecordedServer.start()) {
      server.healthy = 40; // it breaks down amid a trial
      assertThat(mlflow(server)).isEqualTo(Exit.ENVIRONMENT);
      assertThat(said.toString()).contains("status 500").contains("The same command goes on");
      assertThat(server.present()).anyMatch(r -> r.status.equals("RUNNING"));
      long whole = server.present().stream().filter(r -> !r.status.equals("RUNNING")).count();
      assertThat(whole).isBetween(1L, 17L);

      server.healthy = Integer.MAX_VALUE;
      assertThat(mlflow(server)).as(said.toString()).isZero();

      assertThat(server.refused).isEmpty();
      assertThat(server.experiments).containsValue("plain");
      assertThat(server.present()).hasSize(18).allMatch(r -> r.status.equals("FINISHED"));
      Map<String, Kept> byTrial =
          server.present().stream()
              .collect(Collectors.toMap(r -> r.tags.get("initlab.trial"), r -> r));
      for (Row row : rows) {
        Kept kept = byTrial.get(row.id().hex());
        assertThat(kept.metrics).hasSameSizeAs(store.measurements(row.id()));
        assertThat(kept.tags).containsEntry("initlab.outcome", row.outcome());
        assertThat(kept.params).containsEntry("learning_rate", "0.1").containsKey("scheme");
        double loss =
            store.measurements(row.id()).stream()
                .filter(m -> m.metric().equals("loss") && m.step() == 0)
                .findFirst()
                .orElseThrow()
                .value();
        assertThat(Double.valueOf(kept.metrics.get("loss @ 0"))).isEqualTo(Double.valueOf(loss));
      }
      assertThat(server.present())
          .anyMatch(r -> r.tags.containsKey("initlab.diverged_at"))
          .allMatch(r -> r.tags.containsKey("initlab.processor"));
      said.reset();
      assertThat(mlflow(server)).isZero();
      assertThat(said.toString()).contains("Sent 0 trials").contains("18 were there");
    }
  }

  @Test
  void whatIsWrongIsSaidBeforeSparkStarts() throws IOException {
    refused(
        "format 'cvs' is not known. Allowed: csv, parquet, latex, mlflow. Maybe csv.",
        "--format",
        "cvs",
        "--to",
        folder.resolve("x"));
    refused("let --to end in", "--to", folder.resolve("x"));
    refused("table 'trails' is not known", "--to", folder.resolve("x.csv"), "--table", "trails");
    refused("--tracking-uri", "--format", "mlflow", "--tracking-uri", "file:/tmp/mlruns");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private void refused(String message, Object... words) {
    said.reset();
    Object[] all = Stream.concat(Stream.of("export", run), Arrays.stream(words)).toArray();
    assertThat(run(all)).isEqualTo(Exit.USAGE);
    assertThat(said.toString()).contains(message);
  }

  private static int mlflow(RecordedServer server) {
    return run("export", run, "--format", "mlflow", "--tracking-uri", server.uri());
  }

  private static List<String> stored() throws IOException {
    List<String> all = new java.util.ArrayList<>();
    for (Row row : rows) {
      store.measurements(row.id()).forEach(m -> all.add(row.id().hex() + m));
    }
    return all;
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static int run(Object... words) {
    return Main.run(Stream.of(words).map(Object::toString).toArray(String[]::new));
  }
}
