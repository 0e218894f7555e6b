package org.initlab.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lessons as they are committed. */
class NotebookFilesTest {

  static List<Path> lessons() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("."))) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @Test
  void nineLessonsInOrder() throws IOException {
    List<String> numbers =
        lessons().stream().map(f -> f.getFileName().toString().substring(0, 3)).toList();
    assertThat(numbers)
        .containsExactly("01-", "02-", "03-", "04-", "05-", "06-", "07-", "08-", "09-");
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void noOutputsAreCommitted(Path lesson) throws IOException {
    for (JsonNode cell : new ObjectMapper().readTree(lesson.toFile()).get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        assertThat(cell.get("outputs")).as(cell.get("id").asText()).isEmpty();
        assertThat(cell.get("execution_count").isNull()).as(cell.get("id").asText()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lessons")
  void eachRunsOnOurKernelChecksNumbersAndSaysWhatToTryNext(Path lesson) throws IOException {
    JsonNode notebook = new ObjectMapper().readTree(lesson.toFile());
    assertThat(notebook.at("/metadata/kernelspec/name").asText()).isEqualTo("initlab");
    String code = sources(notebook, "code");
    assertThat(code).contains("Check.that(");
    assertThat(sources(notebook, "markdown")).contains("## What to try next");
  }

  private static String sources(JsonNode notebook, String type) {
    StringBuilder all = new StringBuilder();
    for (JsonNode cell : notebook.get("cells")) {
      if (cell.get("cell_type").asText().equals(type)) {
        cell.get("source").forEach(line -> all.append(line.asText()));
      }
    }
    return all.toString();
  }
}
