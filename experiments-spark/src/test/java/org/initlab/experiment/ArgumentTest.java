package org.initlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an argument does to a trial's name. */
class ArgumentTest {

  private static final Measure MEASURE = new Measure(List.of("loss"), List.of(0L), Map.of());

  private static Map<String, String> cell(String... more) {
    Map<String, String> cell = new TreeMap<>(Map.of("architecture", "mlp", "width", "10"));
    for (int i = 0; i < more.length; i += 2) {
      cell.put(more[i], more[i + 1]);
    }
    return cell;
  }

  private static TrialId id(String... more) {
    return Trial.of("study", cell(more), 0, 1, MEASURE).id();
  }

  private static String run(String... more) {
    Grid grid = new Grid(cell(more), List.of(), List.of());
    return new Study("study", "Why?", Optional.empty(), 1, 1, grid, MEASURE, List.of(), List.of())
        .runName();
  }

  @Test
  void argumentsThatCameLaterNameNothingWhereTheyAreAsUsual() {
    String[] usual = {
      "kernel",
      "3",
      "padding",
      "same",
      "halvings",
      "2",
      "head",
      "flatten",
      "precision",
      "float32",
      "validation_examples",
      "0"
    };
    assertThat(id(usual)).isEqualTo(id());
    assertThat(run(usual)).isEqualTo(run());
    assertThat(id("kernel", "5")).isNotEqualTo(id());
    assertThat(run("padding", "circular")).isNotEqualTo(run());
    assertThat(id("validation_examples", "100")).isNotEqualTo(id());
    assertThat(id("precision", "float64")).isNotEqualTo(id());
    assertThat(run("precision", "float64")).isNotEqualTo(run());
  }

  /** What is stored is found under its name, also by a later version. */
  @Test
  void namesNeverChange() {
    assertThat(id().brief()).isEqualTo("1343ddeb");
    assertThat(run()).isEqualTo("study-354dc32e");
  }

  @Test
  void allOthersAlwaysDo() {
    assertThat(id("weight_decay", "0.0")).isNotEqualTo(id());
    assertThat(run("optimizer", "sgd")).isNotEqualTo(run());
  }
}
