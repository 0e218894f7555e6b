package org.initlab.experiment.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Grid;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Study;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;
import org.junit.jupiter.api.Test;

/** A list of a million trials is small, and its parts are smaller. */
class MillionTest {

  private static Study study(int rates, List<Map<String, String>> except) {
    List<String> values = IntStream.range(0, rates).mapToObj(i -> "0." + (1000 + i)).toList();
    Grid grid =
        new Grid(
            Map.of("architecture", "mlp", "dataset", "mnist-6k", "steps", "10"),
            List.of(
                new Axis("scheme", List.of("standard", "glorot_uniform")),
                new Axis("depth", List.of("1", "2")),
                new Axis("learning_rate", values)),
            except);
    Measure measure = new Measure(List.of("loss"), List.of(0L), Map.of());
    return new Study("s", "?", Optional.empty(), 3, 5, grid, measure, List.of(), List.of());
  }

  @Test
  void trialsAreThoseOfTheProductOfTheAxesWithoutTheExceptions() {
    Study study = study(3, List.of(Map.of("scheme", "standard", "depth", "2")));

    List<Trial> trials = study.trials();

    assertThat(trials).hasSize((2 * 2 * 3 - 3) * 5);
    assertThat(trials.stream().map(Trial::id)).doesNotHaveDuplicates();
    assertThat(trials)
        .noneMatch(t -> t.text("scheme").equals("standard") && t.text("depth").equals("2"));
    assertThat(study.grid().cells()).hasSize(9);
    assertThat(study.grid().values("depth")).containsExactly("1", "2");
    // The first axis is outermost, repeats are innermost.
    assertThat(trials.get(1).repeat()).isEqualTo(1);
    assertThat(trials.get(5).text("learning_rate")).isEqualTo("0.1001");
    assertThat(trials.get(trials.size() - 1).text("scheme")).isEqualTo("glorot_uniform");

    Set<TrialId> done = new HashSet<>(List.of(trials.get(0).id(), trials.get(7).id()));
    assertThat(study.trialsWithout(done))
        .hasSize(43)
        .doesNotContain(trials.get(0), trials.get(7))
        .startsWith(trials.get(1));
  }

  @Test
  void batchesOfAGridTravelAsNumbers() throws IOException {
    List<Trial> trials = study(500, List.of()).trials();

    List<List<Trial>> batches = Batches.of(trials, t -> 0.01);

    assertThat(batches.stream().mapToInt(List::size).sum()).isEqualTo(10_000);
    assertThat(batches.stream().flatMap(List::stream).map(Trial::id).distinct().count())
        .isEqualTo(10_000);
    // The grid itself, of 500 learning rates, is 5 kB; a trial is a number of four bytes.
    int bytes = bytes(batches.get(0));
    assertThat(batches.get(0)).hasSizeGreaterThan(250);
    assertThat(bytes).isLessThan(20_000);
  }

  @Test
  void thereAreNotMoreBatchesThanADriverBears() {
    Map<String, Integer> count = new HashMap<>();
    List<Trial> trials = study(2_000, List.of()).trials();

    List<List<Trial>> batches = Batches.of(trials, t -> 3_600);
    batches.forEach(batch -> count.merge(batch.get(0).text("depth"), batch.size(), Integer::sum));

    assertThat(batches).hasSizeBetween(19_000, 20_002);
    assertThat(count).containsEntry("1", 20_000).containsEntry("2", 20_000);
  }

  private static int bytes(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.size();
  }
}
