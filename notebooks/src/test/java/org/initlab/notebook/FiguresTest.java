package org.initlab.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {

  private static final Table TABLE =
      new Table(
          List.of("depth", "scheme", "error"),
          List.of(
              List.of(2, "standard", 0.5),
              List.of(4, "standard", 0.25),
              List.of(2, "orthogonal", 0.125)));

  private static JsonNode spec(Figure figure) throws IOException {
    return new ObjectMapper().readTree(figure.vegaLite());
  }

  @Test
  void aHistogramCountsEveryFiniteValueOnce() throws IOException {
    double[] values = {0, 0.1, 0.9, 1, Double.NaN, Double.POSITIVE_INFINITY};
    Figure figure = Figures.histogram("h", values, 2);
    assertThat(figure.table().numbers("count")).containsExactly(2, 2);
    assertThat(figure.table().numbers("from")).containsExactly(0, 0.5);
    assertThat(figure.table().numbers("to")).containsExactly(0.5, 1);
    assertThat(figure.title()).isEqualTo("h (2 values are not finite)");
    assertThat(spec(figure).at("/data/values/1/count").asInt()).isEqualTo(2);
  }

  @Test
  void aHistogramOfOneValueHasABin() {
    assertThat(Figures.histogram("h", new double[] {3, 3}, 4).table().numbers("count"))
        .containsExactly(2, 0, 0, 0);
  }

  @Test
  void aHistogramOfNothingIsRefused() {
    assertThatThrownBy(() -> Figures.histogram("h", new double[] {Double.NaN}, 4))
        .hasMessageContaining("needs a finite value");
    assertThatThrownBy(() -> Figures.histogram("h", new double[] {1}, 0))
        .hasMessageContaining("bins must be at least 1, not 0");
  }

  @Test
  void aLineHasItsColumnsAndAnAxisCanBeLogarithmic() throws IOException {
    Figure figure = Figures.line("l", TABLE, "depth", "error", "scheme");
    assertThat(spec(figure).at("/encoding/color/type").asText()).isEqualTo("nominal");
    assertThat(spec(figure).at("/encoding/x/type").asText()).isEqualTo("quantitative");
    assertThat(spec(figure).at("/encoding/x/axis/values").toString()).isEqualTo("[2.0,4.0]");
    assertThat(spec(figure).at("/encoding/color/scale/domain").toString())
        .isEqualTo("[\"standard\",\"orthogonal\"]");
    assertThat(spec(figure.logarithmic("y")).at("/encoding/y/scale/type").asText())
        .isEqualTo("log");
    assertThat(spec(figure.axes("layers", "")).at("/encoding/x/title").asText())
        .isEqualTo("layers");
    assertThatThrownBy(() -> figure.logarithmic("z")).hasMessageContaining("Allowed: x, y.");
    assertThatThrownBy(() -> Figures.line("l", TABLE, "dept", "error", "scheme").vegaLite())
        .hasMessageContaining("Maybe depth.");
    assertThatThrownBy(() -> Figures.line("l", TABLE, "depth", "scheme", "scheme"))
        .hasMessageContaining("'standard', which is no number");
  }

  @Test
  void linesHaveTheLengthOfX() {
    assertThatThrownBy(() -> Figures.line("l", new double[] {1, 2}, Map.of("a", new double[] {1})))
        .hasMessage("Line 'a' has 1 values and x has 2.");
  }

  @Test
  void aHeatMapOfAFunctionHasEveryPair() throws IOException {
    Figure figure =
        Figures.heatmap("f", new double[] {1, 2, 3}, new double[] {5, 7}, at -> at[0] * at[1]);
    assertThat(figure.table().numbers("value")).containsExactly(5, 10, 15, 7, 14, 21);
    assertThat(spec(figure).at("/mark/type").asText()).isEqualTo("rect");
  }

  @Test
  void aFigureOfYourOwnMustBeJson(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> Figure.of("f", "{mark", TABLE)).hasMessageContaining("is not JSON");
    Path page = Figure.of("f", "{\"mark\": \"point\"}", TABLE).save(folder + "/f.html");
    assertThat(Files.readString(page)).contains("vegaEmbed", "orthogonal");
  }
}
