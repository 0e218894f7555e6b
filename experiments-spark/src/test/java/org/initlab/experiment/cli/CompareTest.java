package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.inference.TTest;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.ResultStore.Row;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is compared is computed here once more, from the stored trials, by other means. */
class CompareTest {

  @TempDir private static Path folder;
  private static Path plain;
  private static Path other;

  @RegisterExtension private final Said said = new Said();

  @BeforeAll
  static void run() throws Exception {
    plain = SmallRuns.plain(folder);
    other = SmallRuns.other(folder);
  }

  @Test
  void differencesAreThoseOfPairedRepeats() throws Exception {
    Path csv = folder.resolve("rows.csv");

    assertThat(run("compare", plain, other, "--csv", csv)).as(said.toString()).isZero();

    List<Map<String, String>> rows = Csv.read(csv);
    assertThat(rows).hasSize(3 * 3); // schemes of width 8; error, loss, loss/train
    List<Double> p = new ArrayList<>();
    for (Map<String, String> row : rows) {
      double[] a = last(plain, row);
      double[] b = last(other, row);
      double[] d = new double[3];
      Arrays.setAll(d, i -> b[i] - a[i]);
      assertThat(row).containsEntry("pairs", "3");
      if (row.get("scheme").startsWith("normal")) {
        assertThat(row)
            .containsEntry("diverged_a", "3")
            .containsEntry("lost_a", "3")
            .containsEntry("finite", "0")
            .containsEntry("difference", "")
            .containsEntry("holm", "");
        continue;
      }
      double mean = Arrays.stream(d).average().orElseThrow();
      assertThat(number(row, "difference")).isCloseTo(mean, within(1e-12));
      assertThat(number(row, "a"))
          .isCloseTo(Arrays.stream(a).average().orElseThrow(), within(1e-12));
      double deviation = Math.sqrt(Arrays.stream(d).map(v -> (v - mean) * (v - mean)).sum() / 2);
      double half = 4.302652729911275 * deviation / Math.sqrt(3); // t(0.975, 2)
      assertThat(number(row, "high")).isCloseTo(mean + half, within(1e-9));
      double expected = new TTest().pairedTTest(b, a);
      assertThat(number(row, "p")).isCloseTo(expected, within(1e-9));
      p.add(expected);
    }
    assertThat(p).hasSize(6);
    assertThat(rows.stream().filter(r -> !r.get("holm").isEmpty()).map(r -> number(r, "holm")))
        .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-9 ? 0 : Double.compare(x, y))
        .containsExactlyInAnyOrderElementsOf(holm(p));
    assertThat(said.toString())
        .containsPattern("learning_rate +0\\.1 +0\\.05")
        .containsPattern("width +8; 16 +8; 24")
        .contains("3 in both runs, paired by scheme, width; 3 in A only, 3 in B only")
        .contains("only A: scheme glorot_uniform, width 16 (3 trials)")
        .contains("B is not finished: 1 of 18 trials are missing")
        .containsPattern("error +normal\\(stddev=1\\S+\\) +8 +- +- +- +- +- +0 of 3 +3 +3");
    assertThat(run("compare", plain, other, "--csv", csv)).isEqualTo(Exit.USAGE);
    assertThat(said.toString()).contains("--force");
  }

  @Test
  void theSameStudyTwiceIsNoDifference() throws Exception {
    Path again = SmallRuns.plain(Files.createDirectories(folder.resolve("again")));
    long numbers = 0;
    ParquetStore store = ParquetStore.of(plain);
    for (Row row : store.rows()) {
      numbers += store.measurements(row.id()).size();
    }

    assertThat(run("compare", plain, again)).as(said.toString()).isZero();

    assertThat(said.toString())
        .contains("Settings, code, machine and data are the same.")
        .contains(
            String.format("no difference: %,d of %,d numbers equal bit for bit", numbers, numbers));
  }

  @Test
  void theLastBitOfOneNumberIsADifference() throws Exception {
    Path touched = SmallRuns.touched(Files.createDirectories(folder.resolve("touched")));

    assertThat(run("compare", plain, touched, "--metric", "los")).isEqualTo(Exit.USAGE);

    assertThat(said.toString())
        .contains("17 of them equal bit for bit")
        .doesNotContain("no difference")
        .contains("metric 'los' is not known")
        .contains("Maybe loss.");
  }

  @Test
  void runsWithoutACommonCellAreRefused() throws Exception {
    Path apart = SmallRuns.apart(Files.createDirectories(folder.resolve("apart")));

    assertThat(run("compare", plain, apart)).isEqualTo(Exit.USAGE);

    assertThat(said.toString()).contains("share no cell: width is 8, 16 in A and 5, 6 in B");
  }

  @Test
  void whatIsWrongIsSaidBeforeSparkStarts() {
    assertThat(run("compare", plain, folder)).isEqualTo(Exit.USAGE);
    assertThat(said.toString()).contains(folder + " is not a run folder");
    said.reset();
    assertThat(run("compare", plain, other, "--step", "20")).isEqualTo(Exit.USAGE);
    assertThat(said.toString()).contains("did not measure after 20 updates, but after 0, 10, 30");
    said.reset();
    assertThat(run("compare", plain, other, "--metric", "loss' OR '1'='1")).isEqualTo(Exit.USAGE);
    assertThat(said.toString()).contains("is not known");
  }

  /** What the trials of a row's cell ended with, by repeat; NaN where there is none. */
  private static double[] last(Path run, Map<String, String> row) throws Exception {
    Study study = Runs.study(RunFolder.of(run));
    ParquetStore store = ParquetStore.of(run);
    Map<Integer, Double> values = new HashMap<>();
    for (Trial trial : study.trials()) {
      if (trial.text("scheme").equals(row.get("scheme"))
          && trial.text("width").equals(row.get("width"))) {
        Optional<Measurement> m =
            store.measurements(trial.id()).stream()
                .filter(x -> x.metric().equals(row.get("metric")) && x.step() == 30)
                .findFirst();
        values.put(trial.repeat(), m.map(Measurement::value).orElse(Double.NaN));
      }
    }
    return new double[] {values.get(0), values.get(1), values.get(2)};
  }

  /** Holm's correction, step by step as its paper has it. */
  private static List<Double> holm(List<Double> p) {
    List<Double> sorted = p.stream().sorted().toList();
    List<Double> corrected = new ArrayList<>();
    double least = 0;
    for (int i = 0; i < sorted.size(); i++) {
      least = Math.max(least, Math.min(1, sorted.get(i) * (sorted.size() - i)));
      corrected.add(least);
    }
    return corrected;
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  private static int run(Object... words) {
    return Main.run(Stream.of(words).map(Object::toString).toArray(String[]::new));
  }
}
