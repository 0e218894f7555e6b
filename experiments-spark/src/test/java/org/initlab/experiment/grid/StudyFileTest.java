package org.initlab.experiment.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.experiment.Axis;
import org.initlab.experiment.Select;
import org.initlab.experiment.Study;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFileTest {

  private static final String GLOROT =
      """
      question: Up to which depth does each scheme still train a tanh network?
      paper: {cite: "Glorot & Bengio 2010", title: Understanding the difficulty}
      seed: 20100513
      repeats: 5
      fixed: {architecture: mlp, width: 100, dataset: shapeset-3x2, optimizer: sgd, batch: 10, steps: 20000}
      axes:
        activation: [sigmoid, tanh, softsign]
        scheme: [standard, xavier_uniform, orthogonal(gain=1.1, rows=2)]
        depth: 1..5
        learning-rate: log(0.001, 0.1, 5)
      except: [{activation: sigmoid, learning_rate: 0.001}]
      measure: {metrics: [activation_moments, gradient-moments, loss, error, validation_loss, steps_to_target], at: log(1, 20000, 25), target: {loss: 0.10}}
      claims:
        - id: gradients-vanish
          source: Figure 7
          says: "With the standard scheme, gradients shrink: towards the input."
          sql: |
            SELECT 1 AS measured, 2 AS reference,
                   TRUE AS holds FROM trials
      figures:
        - id: figure-7
          says: Densities (in log scale) of gradients.
          sql: SELECT value, density FROM measurements
          vega-lite:
            mark: {type: line, strokeWidth: 1.5, clip: true}
            encoding: {x: {field: value, title: null}, y: {field: density, scale: {domain: [0, 1.0e+10]}}}
      select: {axis: learning_rate, by: validation-loss}
      scales:
        small:
          repeats: 1
          fixed: {steps: 20, depth: 2}
          axes: {activation: [tanh]}
          except: []
          measure: {at: [0, 20]}
      """;

  @TempDir private Path root;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(root.resolve("studies/glorot-2010"));
  }

  private Study read(String text, String... scale) throws IOException, StudyException {
    Files.writeString(folder.resolve("study.yaml"), text);
    return StudyFile.read(folder, List.of(scale).stream().findFirst(), SmallKnown.KNOWN);
  }

  @Test
  void readsEveryPartOfAStudy() throws Exception {
    Study study = read(GLOROT);

    assertThat(study.name()).isEqualTo("glorot-2010");
    assertThat(study.seed()).isEqualTo(20100513);
    assertThat(study.repeats()).isEqualTo(5);
    assertThat(study.paper().orElseThrow().cite()).isEqualTo("Glorot & Bengio 2010");
    assertThat(study.grid().fixed())
        .containsEntry("steps", "20000")
        .containsEntry("loss", "cross_entropy")
        .containsEntry("momentum", "0.9")
        .doesNotContainKey("depth");
    assertThat(study.grid().axes())
        .contains(
            new Axis(
                "scheme", List.of("standard", "glorot_uniform", "orthogonal(gain=1.1, rows=2)")),
            new Axis("depth", List.of("1", "2", "3", "4", "5")),
            new Axis("learning_rate", List.of("0.001", "0.00316228", "0.01", "0.0316228", "0.1")));
    assertThat(study.grid().cells()).hasSize(3 * 3 * 5 * 5 - 3 * 5);
    assertThat(study.measure().metrics()).contains("gradient_moments");
    assertThat(study.measure().at()).startsWith(1L, 2L, 3L, 5L).endsWith(20000L).isSorted();
    assertThat(study.measure().targets()).isEqualTo(Map.of("loss", 0.1));
    assertThat(study.select()).contains(new Select(List.of("learning_rate"), "validation_loss"));
    assertThat(study.select().get().rest(study.grid()))
        .containsExactly("activation", "scheme", "depth");
    assertThat(study.select().get().places(study.grid())).hasSize(3 * 3 * 5);
    assertThat(study.select().get().step(study.measure())).isEqualTo(20000);
    assertThat(study.figures().get(0).vegaLite())
        .isEqualTo(
            "{\"mark\":{\"type\":\"line\",\"strokeWidth\":1.5,\"clip\":true},\"encoding\":"
                + "{\"x\":{\"field\":\"value\",\"title\":null},\"y\":{\"field\":\"density\","
                + "\"scale\":{\"domain\":[0,1.0E10]}}}}");
  }

  @Test
  void aListLeavesOutEachOfItsCells() throws Exception {
    String one = "except: [{activation: sigmoid, learning_rate: 0.001}]";
    Study lists =
        read(GLOROT.replace(one, "except: [{activation: [sigmoid, tanh], depth: [1, 3]}]"));
    Study singles =
        read(
            GLOROT.replace(
                one,
                "except: [{activation: sigmoid, depth: 1}, {activation: sigmoid, depth: 3},"
                    + " {activation: tanh, depth: 1}, {activation: tanh, depth: 3}]"));

    assertThat(lists).isEqualTo(singles);
    assertThat(lists.grid().cells()).hasSize(3 * 3 * 5 * 5 - 2 * 2 * 3 * 5);
  }

  @Test
  void whatIsWrittenReadsBackEqual() throws Exception {
    for (String scale : List.of("", "small")) {
      Study study = scale.isEmpty() ? read(GLOROT) : read(GLOROT, scale);
      String text = StudyFile.write(study);
      Path copy = Files.createDirectories(root.resolve("runs/Other_Name")).resolve("study.yaml");
      Files.writeString(copy, text);

      assertThat(StudyFile.read(copy, Optional.empty(), SmallKnown.KNOWN)).isEqualTo(study);
      assertThat(StudyFile.write(study)).isEqualTo(text);
    }
  }

  @Test
  void awkwardTextSurvivesWriting() throws Exception {
    String question = "no: \"quotes\", 'single' # not a comment\\n {brace} [x] é ( and\ttab";
    Study plain = read(GLOROT);
    for (String text :
        List.of(question, "yes", "1e-3", "10", "~", "- a", " b ", "a\n  b \n\nc", "x(")) {
      Study study =
          new Study(
              plain.name(),
              text,
              plain.paper(),
              plain.seed(),
              1,
              plain.grid(),
              plain.measure(),
              List.of(new Study.Claim("a", text, text, "measured reference holds\n" + text)),
              List.of(
                  new Study.Figure("b", text, text, text, "{\"no\":\"yes\",\"n\":[1.0E-5,-3]}")));
      assertThat(read(StudyFile.write(study))).isEqualTo(study);
    }
  }

  @Test
  void aScaleIsPutOverTheStudy() throws Exception {
    Study small = read(GLOROT, "small");

    assertThat(small.name()).isEqualTo("glorot-2010-small");
    assertThat(small.repeats()).isEqualTo(1);
    assertThat(small.grid().fixed()).containsEntry("depth", "2").containsEntry("width", "100");
    assertThat(small.grid().axes())
        .extracting(Axis::name)
        .containsExactly("activation", "scheme", "learning_rate");
    assertThat(small.measure().at()).containsExactly(0L, 20L);
    assertThat(small.measure().metrics()).hasSize(6);
    assertThat(small.select().get().rest(small.grid())).containsExactly("activation", "scheme");
    assertThat(small.claims()).hasSize(1);
  }

  /** What is chosen changes what is reported, and neither a trial nor its folder. */
  @Test
  void aChoiceNamesNoTrial() throws Exception {
    Study chosen = read(GLOROT);
    Study other =
        read(
            GLOROT.replace(
                "axis: learning_rate, by: validation-loss",
                "axis: [scheme, learning_rate]" + ", by: validation_loss"));
    Study none = read(GLOROT.replaceAll("select:.*\n", ""));

    assertThat(none.select()).isEmpty();
    assertThat(other.select().get().axes()).containsExactly("scheme", "learning_rate");
    for (Study study : List.of(other, none)) {
      assertThat(study).isNotEqualTo(chosen);
      assertThat(study.runName()).isEqualTo(chosen.runName());
      assertThat(study.trials()).isEqualTo(chosen.trials());
    }
  }

  @Test
  void aScaleMayChooseOtherwiseButNotFromNothing() throws Exception {
    String two =
        GLOROT.replace(
            "    repeats: 1\n",
            "    repeats: 1\n    select: {axis: scheme, by: validation_loss}\n");
    assertThat(read(two, "small").select().get().axes()).containsExactly("scheme");
    assertThatThrownBy(
            () ->
                read(
                    GLOROT.replace(
                        "{steps: 20, depth: 2}", "{steps: 20, depth: 2, learning_rate: 0.1}")))
        .hasMessageContaining(
            "study.yaml:27: at scale small, axis learning_rate of select is fixed. Write several"
                + " values of it under axes. Allowed: scheme.");
  }

  @Test
  void anUnknownScaleIsRefused() {
    assertThatThrownBy(() -> read(GLOROT, "smal"))
        .hasMessageContaining("scale 'smal' is not known. Allowed: small. Maybe small.");
  }

  @Test
  void aScaleThatIsNotChosenIsCheckedToo() {
    assertThatThrownBy(() -> read(GLOROT.replace("at: [0, 20]", "at: [0, 21]")))
        .isInstanceOf(StudyException.class)
        .hasMessageContaining(
            "at scale small, at 21 is out of range. Allowed: whole numbers from 0");
  }

  @Test
  void measuresAtLogarithmicDistancesUnlessTold() throws Exception {
    Study study = read(GLOROT.replace(", at: log(1, 20000, 25)", ""));

    assertThat(study.measure().at())
        .containsExactly(
            0L, 1L, 2L, 5L, 12L, 27L, 62L, 141L, 323L, 737L, 1682L, 3839L, 8762L, 20000L);
    assertThat(MeasureReader.standard(0)).containsExactly(0L);
    assertThat(MeasureReader.standard(1)).containsExactly(0L, 1L);
  }

  @Test
  void spreadsMayStandInLists() throws Exception {
    Study study =
        read(
            GLOROT
                .replace("at: log(1, 20000, 25)", "at: [0, lin(10, 40, 4), 100..102]")
                .replace("log(0.001, 0.1, 5)", "[0.001, lin(0.1, 0.3, 3), 1.0e+1]"));

    assertThat(study.measure().at()).containsExactly(0L, 10L, 20L, 30L, 40L, 100L, 101L, 102L);
    assertThat(study.grid().axes().get(3).values())
        .containsExactly("0.001", "0.1", "0.2", "0.3", "10.0");
  }

  @Test
  void aMissingStudyIsToldItsNeighbour() throws Exception {
    read(GLOROT);
    Path wrong = root.resolve("studies/glorot-2001");

    for (Path path : List.of(wrong, wrong.resolve("study.yaml"))) {
      assertThatThrownBy(() -> StudyFile.read(path, Optional.empty(), SmallKnown.KNOWN))
          .hasMessage(path + ": there is no such study. Maybe " + folder + ".");
    }
    assertThatThrownBy(
            () -> StudyFile.read(root.resolve("studies"), Optional.empty(), SmallKnown.KNOWN))
        .hasMessageContaining("there is no study.yaml in this folder. Allowed: glorot-2010.");
  }

  @Test
  void bytesThatAreNotUtf8HaveALine() throws Exception {
    Files.write(
        folder.resolve("study.yaml"),
        "question: a\nseed: \u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> StudyFile.read(folder, Optional.empty(), SmallKnown.KNOWN))
        .hasMessageContaining("study.yaml:2: byte 0xE9 is not UTF-8.");
  }

  @Test
  void aFileMayNotBeHuge() throws Exception {
    Files.writeString(folder.resolve("study.yaml"), "#".repeat(Document.LARGEST + 1));

    assertThatThrownBy(() -> StudyFile.read(folder, Optional.empty(), SmallKnown.KNOWN))
        .hasMessageContaining("the file has 1048577 bytes. Allowed: 1048576.");
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    assertThatThrownBy(
            () ->
                read(GLOROT.replace("seed: 20100513", "sed: 1").replace("tanh, softsign", "tnah")))
        .isInstanceOfSatisfying(
            StudyException.class,
            e -> {
              assertThat(e.problems()).hasSize(3);
              assertThat(e.getMessage().lines()).hasSize(3);
            });
  }

  @Test
  void aStudyNeedsAName() throws Exception {
    folder = Files.createDirectories(root.resolve("My Study"));

    assertThatThrownBy(() -> read(GLOROT))
        .hasMessageContaining("study name 'My Study' is no name.");
    assertThat(read("name: mine\n" + GLOROT).name()).isEqualTo("mine");
  }
}
