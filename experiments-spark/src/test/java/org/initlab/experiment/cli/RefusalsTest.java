package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is said before anything is written, with the exit code that scripts read. */
class RefusalsTest {

  private static final Path SMOKE = Path.of("src/test/resources/studies/smoke/study.yaml");

  @RegisterExtension private final Said said = new Said();

  @TempDir private Path folder;

  @Test
  void aMisspeltSchemeNamesItsLineAndTheNearest() throws IOException {
    Path study = study("wrong", "glorot_uniform", "glorot_unifrom");

    assertThat(run("run", study, "--out", folder.resolve("runs"))).isEqualTo(Exit.USAGE);

    assertThat(said()).contains("study.yaml:14").contains("Maybe glorot_uniform.");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void validationWithoutExamplesNamesTheirKey() throws IOException {
    Path study = study("wrong", "metrics: [loss,", "metrics: [validation_error, loss,");

    assertThat(run("plan", study)).isEqualTo(Exit.USAGE);

    assertThat(said())
        .contains("study.yaml:18: metric validation_error needs examples that are not learned")
        .contains("Write validation_examples: 1000");
  }

  @Test
  void moreForValidationThanThereAreToLearnIsRefused() throws IOException {
    Path study =
        study("wrong", "dataset: shapeset-3x2", "dataset: mnist-6k\n  validation_examples: 5000");

    assertThat(run("plan", study)).isEqualTo(Exit.USAGE);

    assertThat(said())
        .contains("validation_examples 5000 leave nothing to learn from: dataset mnist-6k has 5000")
        .contains("Allowed: 0 to 4999.");
  }

  @Test
  void aPlanSaysWhatIsChosen() throws IOException {
    Path study =
        study(
            "chooses",
            "measure:\n  metrics: [loss,",
            "select: {axis: width}\nmeasure:\n  metrics: [validation_error, loss,");
    Path file = study.resolve("study.yaml");
    Files.writeString(
        file, Files.readString(file).replace("fixed:\n", "fixed:\n  validation_examples: 50\n"));

    assertThat(run("plan", study)).isEqualTo(Exit.DONE);

    assertThat(said())
        .contains(
            "select    width, by the mean validation_error of 3 repeats after update 60: 6 choices,"
                + " one for each scheme, depth");
  }

  @Test
  void anOutFolderThatIsARunIsRefused() throws Exception {
    Path run = runOf(SMOKE);

    assertThat(run("run", SMOKE, "--out", run)).isEqualTo(Exit.USAGE);

    assertThat(said()).contains("run folder of the study 'smoke'").contains("Maybe " + folder);
  }

  @Test
  void anOutFolderThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "here");

    assertThat(run("run", SMOKE, "--out", file)).isEqualTo(Exit.USAGE);

    assertThat(said()).contains("cannot write to " + file);
  }

  @Test
  void aChangedStudyIsRefusedWithItsDifference() throws Exception {
    runOf(SMOKE);
    Path changed = study("smoke", "learning_rate: 0.05", "learning_rate: 0.1");

    assertThat(run("run", changed, "--out", folder)).isEqualTo(Exit.REFUSED);

    assertThat(said()).contains("fixed.learning_rate: 0.05 -> 0.1").contains("--fork");
    assertThat(Runs.in(Place.of(folder))).hasSize(1);
  }

  @Test
  void aGrownAxisIsTheSameRun() throws Exception {
    Path before = runOf(SMOKE);
    Path grown = study("smoke", "depth: [1, 3]", "depth: [1, 3, 5]");

    assertThat(Runs.folder(Place.of(folder), read(grown), false)).isEqualTo(RunFolder.of(before));
  }

  @Test
  void truncatedDataIsFoundBeforeTheFirstTrial() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (String name :
        new String[] {
          "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"
        }) {
      Files.write(data.resolve(name), new byte[] {0, 0, 8, 3, 0, 0});
    }
    Path study = study("digits", "dataset: shapeset-3x2", "dataset: mnist");

    assertThat(run("run", study, "--out", folder.resolve("runs"), "--data", data))
        .isEqualTo(Exit.USAGE);

    assertThat(said()).contains(data.toString());
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aPlanCountsAndWritesNothing() throws IOException {
    assertThat(run("plan", SMOKE)).isEqualTo(Exit.DONE);

    assertThat(said())
        .contains("cells     12")
        .contains("trials    36")
        .contains("FLOPs")
        .contains("% of that time");
  }

  @Test
  void aStudyWithoutAPaperScaleIsTakenAsItIsWritten() {
    assertThat(run("plan", SMOKE)).isEqualTo(Exit.DONE);
    String written = said();
    assertThat(written).contains("fused-cuda would run 36 of 36 trials, at best in ");
    assertThat(written).contains("bounds by the cards' peaks, nothing was measured");
    said.reset();

    assertThat(run("plan", SMOKE, "--scale", "paper")).isEqualTo(Exit.DONE);

    String asked = said();
    assertThat(asked).contains("scale     paper is this study as it is written");
    assertThat(asked.substring(asked.indexOf("cells")))
        .isEqualTo(written.substring(written.indexOf("cells")));
    assertThat(run("plan", SMOKE, "--scale", "papers")).isEqualTo(Exit.USAGE);
  }

  @Test
  void aPlanOfNetworksAsTheyAreDrawnAsksNoGpu() {
    assertThat(run("plan", Path.of("../studies/sussillo-2014"))).isEqualTo(Exit.DONE);
    assertThat(said()).contains("GPU       nothing to train");
    assertThat(run("plan", Path.of("../studies/xiao-2018"))).isEqualTo(Exit.DONE);
    assertThat(said()).contains("GPU       no engine for GPUs runs these trials");
  }

  @Test
  void everyCommandHasAnExample() {
    for (String command :
        new String[] {
          "plan",
          "run",
          "submit",
          "status",
          "report",
          "rerun",
          "list",
          "theory",
          "describe",
          "draw",
          "bench",
          "doctor",
          "runs",
          "compare",
          "compact",
          "export",
          "inspect",
          "reproduce",
          "notebook"
        }) {
      said.reset();
      assertThat(Main.run(command, "--help")).isZero();
      assertThat(said()).contains("Example: initlab " + command).doesNotContain("WARN");
    }
  }

  @Test
  void unknownWordsAreUsageErrors() {
    assertThat(Main.run("rnu")).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("Maybe run.");
    assertThat(Main.run("list", "initialisers")).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("Maybe initializers.");
    assertThat(Main.run("run", SMOKE.toString(), "--master", "lokal")).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("Maybe local[*]");
    assertThat(Main.run("status", folder.toString())).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("is not a run folder");
  }

  @Test
  void aSecretInAUriIsRefusedAndNotRepeated() {
    assertThat(run("run", SMOKE, "--out", "s3a://key:sec/ret@bucket/runs")).isEqualTo(Exit.USAGE);
    assertThat(said()).contains("leave it out here.\n").doesNotContain("sec/ret");
  }

  private static int run(Object... words) {
    return Main.run(Stream.of(words).map(Object::toString).toArray(String[]::new));
  }

  private String said() {
    return said.toString();
  }

  private Path study(String name, String was, String is) throws IOException {
    String text = Files.readString(SMOKE);
    assertThat(text).contains(was);
    Path study = Files.createDirectories(folder.resolve("studies").resolve(name));
    Files.writeString(study.resolve("study.yaml"), text.replace(was, is));
    return study;
  }

  private Path runOf(Path study) throws IOException, StudyException {
    Study read = read(study);
    Path run = folder.resolve(read.runName());
    RunFolder.of(run).create().writeStudy(StudyFile.write(read));
    return run;
  }

  private static Study read(Path study) throws StudyException {
    return StudyFile.read(study, Optional.empty(), Vocabulary.known());
  }
}
