package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.experiment.Study;
import org.initlab.experiment.grid.StudyFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every study at the front door can be read, in all its scales, and says what it asks. */
class StudiesTest {

  private static final Path STUDIES = Path.of("../studies");

  @TestFactory
  List<DynamicTest> everyStudyIsWhole() throws IOException {
    try (Stream<Path> folders = Files.list(STUDIES)) {
      return folders
          .filter(Files::isDirectory)
          .sorted()
          .map(
              folder ->
                  DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)))
          .toList();
    }
  }

  @Test
  void theReadmesStudyCanBeRead(@TempDir Path folder) throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    String from = "```yaml\n";
    int start = readme.indexOf(from) + from.length();
    Path study = Files.createDirectories(folder.resolve("readme"));
    Files.writeString(
        study.resolve("study.yaml"), readme.substring(start, readme.indexOf("```", start)));

    Study read = StudyFile.read(study, Optional.empty(), Vocabulary.known());

    assertThat(read.trials()).hasSize((4 * 2 - 1) * 4 * 5);
  }

  private static void check(Path folder) throws Exception {
    assertThat(folder.resolve("README.md")).isNotEmptyFile();
    Study study = StudyFile.read(folder, Optional.empty(), Vocabulary.known());
    assertThat(study.trials()).isNotEmpty();
    assertThat(study.claims()).isNotEmpty();
    assertThat(study.figures()).isNotEmpty();
    if (Files.readString(folder.resolve("study.yaml")).contains("\nscales:")) {
      Study small = StudyFile.read(folder, Optional.of("small"), Vocabulary.known());
      assertThat(small.trials()).hasSizeLessThan(study.trials().size());
    }
    for (String scale : StudyFile.scales(folder)) {
      assertThat(StudyFile.read(folder, Optional.of(scale), Vocabulary.known()).trials())
          .as(scale)
          .isNotEmpty();
    }
  }
}
