package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.initlab.device.BlasCore;
import org.initlab.device.Machine;
import org.initlab.experiment.bench.Comparison;
import org.initlab.experiment.bench.Floors;
import org.initlab.experiment.bench.Timing;
import org.initlab.experiment.bench.Workload;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code initlab bench} refuses and says; never how fast anything is. */
class BenchCommandTest {

  @RegisterExtension private final Said said = new Said();

  @TempDir private Path folder;

  @Test
  void whatCannotBeTimedIsRefused() {
    refused("width 0 is not possible. Allowed: 1 to", "--widths", "32,0");
    refused("many", "--widths", "many");
    refused("depth 0 is not possible", "--depth", "0");
    refused("batch 0 is not possible", "--batch", "0");
    refused("Maybe tanh.", "--activation", "tahn");
    refused("Maybe cnn.", "--architecture", "cn");
    refused("halvings 2 of a cnn of depth 1", "--architecture", "cnn", "--depth", "1");
    refused("Maybe sgd.", "--optimizer", "sgdd");
    refused("seconds 0.0 are not possible", "--seconds", "0");
    refused("rounds 0 are not possible", "--rounds", "0");
    refused("cannot write to", "--json", folder.resolve("nowhere/out.json").toString());
    refused("cannot write to", "--json", folder.toString());
    refused("Maybe --widths.", "--width", "3");
  }

  private void refused(String sentence, String... options) {
    said.reset();
    String[] words = new String[options.length + 1];
    words[0] = "bench";
    System.arraycopy(options, 0, words, 1, options.length);
    assertThat(Main.run(words)).isEqualTo(Exit.USAGE);
    assertThat(said()).contains(sentence);
  }

  @Test
  void ratiosAndPartsAreThoseOfTheTimes() throws IOException {
    BenchReport report = report();

    JsonNode comparison = new ObjectMapper().readTree(report.json()).get("comparisons").get(0);
    JsonNode fused = comparison.get("engines").get("fused");
    assertThat(fused.get("us").asDouble()).isEqualTo(80);
    assertThat(fused.get("without_data_us").asDouble()).isEqualTo(70);
    assertThat(fused.get("against_dl4j").asDouble()).isEqualTo(30);
    assertThat(comparison.get("floor_us").asDouble()).isCloseTo(55.96, within(1e-9));
    assertThat(fused.get("of_floor").asDouble()).isCloseTo(55.96 / 80, within(1e-9));
    assertThat(report.table())
        .contains("| 5x100 | fused | 80.0 | 20 % | 70.0 | 30.0x | 56.0 | 70 % | 7.16, L2 |")
        .contains("| 5x100 | dl4j | 2400 | 20 % | 2300 | 1.0x | 56.0 | 2 % | 7.16, L2 |");
  }

  private static BenchReport report() {
    return new BenchReport(
        new Machine("a processor", Set.of(), 2, 0, "a system"),
        new BlasCore("SkylakeX", 1),
        new Floors(100e9, List.of(new Floors.Level("L2", Long.MAX_VALUE, 1 << 20, 200e9))),
        List.of(
            new Comparison(
                Workload.dense(100, 5, 10, "tanh", "sgd"),
                List.of(row("fused", 80, 70), row("dl4j", 2400, 2300)))));
  }

  private static Comparison.Row row(String engine, double with, double without) {
    return new Comparison.Row(
        engine, new Timing(with, 0.2, with), new Timing(without, 0.2, without));
  }

  @Test
  @Tag("slow")
  void aShortRunEndsInATableAndAFile() throws IOException {
    Path json = folder.resolve("bench.json");

    int exit =
        Main.run(
            "bench",
            "--widths",
            "8,16",
            "--depth",
            "1",
            "--seconds",
            "0.02",
            "--rounds",
            "2",
            "--json",
            json.toString());

    assertThat(exit).as(said()).isEqualTo(Exit.DONE);
    assertThat(said()).contains("FMA peak", "DRAM", "| 1x8 | fused |", "| 1x16 | dl4j |");
    JsonNode all = new ObjectMapper().readTree(Files.readString(json));
    assertThat(all.get("flops_per_second").asDouble()).isPositive();
    assertThat(all.get("comparisons")).hasSize(2);
    for (JsonNode comparison : all.get("comparisons")) {
      JsonNode dl4j = comparison.get("engines").get("dl4j");
      for (JsonNode engine : comparison.get("engines")) {
        assertThat(engine.get("us").asDouble()).isPositive();
        assertThat(engine.get("against_dl4j").asDouble())
            .isCloseTo(dl4j.get("us").asDouble() / engine.get("us").asDouble(), within(1e-9));
        assertThat(engine.get("of_floor").asDouble())
            .isCloseTo(
                comparison.get("floor_us").asDouble() / engine.get("us").asDouble(), within(1e-9));
      }
    }
  }

  @Test
  @Tag("slow")
  void convolutionsAreTimedToo() throws IOException {
    Path json = folder.resolve("convolutions.json");
    String[] words = {
      "bench",
      "--architecture",
      "cnn",
      "--widths",
      "2",
      "--batch",
      "2",
      "--seconds",
      "0.02",
      "--rounds",
      "1",
      "--json",
      json.toString()
    };

    assertThat(Main.run(words)).as(said()).isEqualTo(Exit.DONE);

    assertThat(said())
        .contains("28x28x1-cnn of depth 4-10, kernel 3, padding same", "relu, sgd, batch 2")
        .contains("| cnn 4x2 | fused |", "| cnn 4x2 | dl4j |");
    JsonNode comparison = new ObjectMapper().readTree(Files.readString(json)).get("comparisons");
    assertThat(comparison.get(0).get("architecture").asText()).isEqualTo("cnn");
    assertThat(comparison.get(0).get("weights").asDouble())
        .isEqualTo(9 * (2 + 2 * 2 + 2 * 4 + 4 * 4) + 49 * 4 * 10);
  }

  private String said() {
    return said.toString();
  }
}
