package org.initlab.notebook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom in the notebooks' module: each big library in one room, or in none. */
class LayersTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.initlab.notebook");

  @ParameterizedTest
  @CsvSource({
    "org.rapaio..*|jdk.jshell..*, org.initlab.notebook.kernel",
    "org.(nd4j|deeplearning4j)..*, org.initlab.notebook.show",
    "org.apache.spark..*, nobody",
    "org.apache.(parquet|hadoop)..*, nobody",
    "org.yaml..*, nobody",
    "picocli..*, nobody",
  })
  void eachLibraryHasItsRoom(String library, String room) {
    noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat(named(library.replace("..", "\\..")))
        .check(CLASSES);
  }

  @Test
  void theFacadeKnowsNoKernel() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.initlab.notebook.kernel")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.initlab.notebook.kernel")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("org.initlab.notebook")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.initlab.notebook.show")
        .check(CLASSES);
  }

  @Test
  void noHiddenRandomness() {
    noClasses()
        .should()
        .dependOnClassesThat(
            named("java\\.util\\.Random|java\\.util\\.SplittableRandom|.*ThreadLocalRandom"))
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> named(String pattern) {
    return DescribedPredicate.describe(
        "are named like " + pattern, type -> type.getName().matches(pattern));
  }
}
