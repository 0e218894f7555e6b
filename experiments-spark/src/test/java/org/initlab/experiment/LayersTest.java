package org.initlab.experiment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom: the directions of the architecture. */
class LayersTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.initlab");

  /** A library and the only rooms that may import it. */
  private record Room(String library, String packages, String... rooms) {}

  private static final List<Room> ROOMS =
      List.of(
          new Room(
              "ND4J and Deeplearning4j",
              "(org.nd4j|org.deeplearning4j)\\..*",
              "org.initlab.init.nd4j..",
              "org.initlab.experiment.trial.."),
          new Room(
              "Spark",
              "org.apache.spark\\..*",
              "org.initlab.experiment.launch..",
              "org.initlab.experiment.report.."),
          new Room(
              "Parquet and Hadoop",
              "org.apache.(parquet|hadoop)\\..*",
              "org.initlab.experiment.store.."),
          new Room("YAML", "org.yaml\\..*", "org.initlab.experiment.grid.."),
          new Room("MLflow", "org.mlflow\\..*", "org.initlab.experiment.mlflow.."),
          new Room("Javet", "com.caoccao\\..*", "org.initlab.experiment.vega.."),
          new Room(
              "OpenBLAS",
              "org.bytedeco.openblas\\..*",
              "org.initlab.init.draw..",
              "org.initlab.init.simulate..",
              "org.initlab.device..",
              "org.initlab.experiment.numeric..",
              "org.initlab.experiment.metric.."),
          new Room(
              "a GPU's driver",
              "org.initlab.device.cuda\\..*",
              "org.initlab.device.cuda..",
              "org.initlab.experiment.gpu..",
              "org.initlab.experiment.trial..",
              "org.initlab.experiment.bench.."),
          new Room("picocli", "picocli\\..*", "org.initlab.experiment.cli.."));

  @TestFactory
  List<DynamicTest> eachLibraryHasItsRooms() {
    return ROOMS.stream()
        .map(
            room -> {
              ArchRule rule =
                  noClasses()
                      .that()
                      .resideOutsideOfPackages(room.rooms())
                      .should()
                      .dependOnClassesThat(nameMatching(room.packages()));
              return DynamicTest.dynamicTest(room.library(), () -> rule.check(CLASSES));
            })
        .toList();
  }

  @Test
  void theVocabularyOfExperimentsKnowsNoMachinery() {
    noClasses()
        .that()
        .resideInAPackage("org.initlab.experiment")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.initlab.experiment.*..", "org.initlab.init.*..", "org.initlab.device..")
        .check(CLASSES);
  }

  @Test
  void theVocabularyOfWeightsKnowsOnlyRandomness() {
    noClasses()
        .that()
        .resideInAPackage("org.initlab.init")
        .should()
        .dependOnClassesThat(
            nameMatching("org\\.initlab\\.init\\.(?!random\\.)[a-z0-9]+\\..*")
                .or(nameMatching("org\\.initlab\\.(experiment|device)\\..*")))
        .check(CLASSES);
  }

  @Test
  void theoryIsPlainJava() {
    noClasses()
        .that()
        .resideInAPackage("org.initlab.init.theory..")
        .should()
        .dependOnClassesThat(
            nameMatching("(?!java\\.|\\[|org\\.initlab\\.init\\.((random|theory)\\.)?[A-Z]).*"))
        .check(CLASSES);
  }

  @Test
  void drawingKnowsNoExperiment() {
    noClasses()
        .that()
        .resideInAPackage("org.initlab.init..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.initlab.experiment..", "org.initlab.device..")
        .check(CLASSES);
  }

  @Test
  void noRoomCallsBack() {
    slices().matching("org.initlab.experiment.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void metricsAndStoresKnowNoTraining() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.initlab.experiment.metric..",
            "org.initlab.experiment.store..",
            "org.initlab.experiment.grid..",
            "org.initlab.experiment.launch..",
            "org.initlab.experiment.mlflow..",
            "org.initlab.experiment.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.initlab.experiment.trial..", "org.initlab.experiment.cli..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsTheBench() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.initlab.experiment.bench..", "org.initlab.experiment.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.initlab.experiment.bench..")
        .check(CLASSES);
  }

  @Test
  void noHiddenRandomness() {
    noClasses()
        .should()
        .dependOnClassesThat(
            nameMatching(
                "(org\\.nd4j\\.linalg\\.api\\.rng\\..*|java\\.util\\.Random"
                    + "|java\\.util\\.SplittableRandom|java\\.util\\.concurrent\\.ThreadLocalRandom)"))
        .check(CLASSES);
  }

  @Test
  void nobodyAsksNd4jForRandomNumbers() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "draw from ND4J",
                call ->
                    call.getTargetOwner().getName().equals("org.nd4j.linalg.factory.Nd4j")
                        && call.getName().matches("rand.*|getRandom.*|getDistributions|shuffle")))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> nameMatching(String pattern) {
    return DescribedPredicate.describe(
        "are named like " + pattern, type -> type.getName().matches(pattern));
  }
}
