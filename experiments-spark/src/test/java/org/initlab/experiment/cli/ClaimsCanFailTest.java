package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.AbstractComparableAssert;
import org.assertj.core.api.SoftAssertions;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.report.Verdict;
import org.initlab.experiment.report.Verdict.Word;
import org.initlab.experiment.report.World;
import org.initlab.experiment.report.World.Contradiction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every claim of every study can fail: its query says "reproduced" to tables that agree with it,
 * "not reproduced" to each of its contradictions in {@code src/test/resources/worlds}, and is not
 * won over by tables without a row, without a number, or without the trials that diverged. {@code
 * -Dinitlab.study=REGEX} tries only some.
 */
@Tag("slow")
class ClaimsCanFailTest {

  private static final Path STUDIES = Path.of("../studies");
  private static final Path WORLDS = Path.of("src/test/resources/worlds");

  private static final Contradiction NO_NUMBERS =
      new Contradiction("No value is a number.", "%", "true", "double('NaN')");
  private static final Contradiction UNTRAINED =
      new Contradiction("Nothing was trained.", "%", "step > 0 OR metric LIKE 'steps_to%'", null);
  private static final Contradiction DIVERGED =
      new Contradiction(
          "All trials of one repeat diverged at their first update.",
          "%",
          "repeat = 0 AND (step > 0 OR metric LIKE 'steps_to%')",
          null);

  private static SparkSession spark;

  @BeforeAll
  static void open() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("claims test")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .config("spark.sql.adaptive.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.sql.autoBroadcastJoinThreshold", "-1")
            .config(
                "spark.sql.ui.explainMode", "simple") // each query would explain itself at length
            .config("spark.sql.maxPlanStringLength", "0")
            .config("spark.sql.debug.maxToStringFields", "0")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @TestFactory
  Stream<DynamicTest> everyStudy() throws IOException {
    try (Stream<Path> folders = Files.list(STUDIES)) {
      List<String> names =
          folders
              .filter(Files::isDirectory)
              .map(folder -> folder.getFileName().toString())
              .filter(name -> name.matches(System.getProperty("initlab.study", ".*")))
              .sorted()
              .toList();
      // Side by side: nearly all the time is Spark's planning, on one thread a query.
      Map<String, Optional<Throwable>> answers = new ConcurrentHashMap<>();
      names.parallelStream().forEach(name -> answers.put(name, answer(name)));
      return names.stream()
          .map(name -> DynamicTest.dynamicTest(name, () -> rethrow(answers.get(name))));
    }
  }

  private static Optional<Throwable> answer(String study) {
    try {
      check(study);
      return Optional.empty();
    } catch (Exception | AssertionError e) {
      return Optional.of(e);
    }
  }

  private static void rethrow(Optional<Throwable> thrown) throws Throwable {
    if (thrown.isPresent()) {
      throw thrown.get();
    }
  }

  private static void check(String name) throws Exception {
    Path file = WORLDS.resolve(name + ".yaml");
    assertThat(file).as("the world of studies/%s, with what contradicts its claims", name).exists();
    World world = World.read(file);
    Study study = StudyFile.read(STUDIES.resolve(name), world.scale(), Vocabulary.known());
    assertThat(world.contradictions().keySet())
        .as("the claims that are contradicted")
        .containsExactlyInAnyOrderElementsOf(study.claims().stream().map(Study.Claim::id).toList());
    World.Tables tables = world.of(study, spark);
    SoftAssertions softly = new SoftAssertions();
    tables.asTheyAre();
    eachSays(study, tables, "As it should be.", softly, Word.REPRODUCED);
    tables.empty();
    eachSays(study, tables, "No trial has run.", softly, Word.INCONCLUSIVE);
    tables.change(NO_NUMBERS);
    for (Study.Claim claim : study.claims()) {
      says(claim, tables, NO_NUMBERS.says(), softly).isNotEqualTo(Word.REPRODUCED);
    }
    if (study.trials().stream().anyMatch(trial -> trial.integer("steps") > 0)) {
      countsTheDiverged(study, world, tables, softly);
    }
    for (Study.Claim claim : study.claims()) {
      List<Contradiction> contradictions = world.contradictions().get(claim.id());
      softly.assertThat(contradictions).as(claim.id()).isNotEmpty();
      for (Contradiction contradiction : contradictions) {
        tables.change(contradiction);
        says(claim, tables, contradiction.says(), softly).isEqualTo(Word.NOT_REPRODUCED);
      }
    }
    softly.assertAll();
  }

  /** A claim about training does not hold by the networks that are left. */
  private static void countsTheDiverged(
      Study study, World world, World.Tables tables, SoftAssertions softly) {
    tables.change(UNTRAINED);
    List<Study.Claim> ofTraining =
        study.claims().stream()
            .filter(claim -> !world.survives().containsKey(claim.id()))
            .filter(claim -> tables.verdict(claim).word() != Word.REPRODUCED)
            .toList();
    tables.change(DIVERGED);
    for (Study.Claim claim : ofTraining) {
      says(claim, tables, DIVERGED.says(), softly).isIn(Word.INCONCLUSIVE, Word.NOT_REPRODUCED);
    }
  }

  private static void eachSays(
      Study study, World.Tables tables, String where, SoftAssertions softly, Word word) {
    for (Study.Claim claim : study.claims()) {
      says(claim, tables, where, softly).isEqualTo(word);
    }
  }

  private static AbstractComparableAssert<?, Word> says(
      Study.Claim claim, World.Tables tables, String where, SoftAssertions softly) {
    Verdict v = tables.verdict(claim);
    return softly
        .assertThat(v.word())
        .as(
            "%s: %s measured %s [%s, %s], reference %s, n %s; %s",
            claim.id(), where, v.measured(), v.low(), v.high(), v.reference(), v.n(), v.note());
  }
}
