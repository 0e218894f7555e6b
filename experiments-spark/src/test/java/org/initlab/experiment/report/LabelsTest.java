package org.initlab.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.experiment.Study;
import org.junit.jupiter.api.Test;

class LabelsTest {

  private static final String LONG = "by_role(hidden=variance_scaling(scale=1.0), output=zeros)";

  private static JsonNode drawn(String vegaLite, String... names) throws Exception {
    Study.Figure figure = new Study.Figure("id", "title", "says", "sql", vegaLite);
    List<List<Object>> rows = Arrays.stream(names).map(name -> List.<Object>of(name, 1)).toList();
    return new ObjectMapper()
        .readTree(VegaLite.withData(figure, new Table(List.of("name", "y"), rows)));
  }

  @Test
  void longNamesGoBelowInAsManyColumnsAsFit() throws Exception {
    String spec =
        "{\"mark\": \"line\", \"encoding\": {\"color\": {\"field\": \"name\", \"type\": \"nominal\"}}}";
    JsonNode legend = drawn(spec, LONG, "b").at("/encoding/color/legend");
    assertThat(legend.path("orient").asText()).isEqualTo("bottom");
    assertThat(legend.path("columns").asInt()).isEqualTo(2);
    assertThat(drawn(spec, "a", "b").at("/encoding/color/legend").has("orient")).isFalse();
    String[] many = IntStream.range(0, 50).mapToObj(i -> "n" + i).toArray(String[]::new);
    assertThat(drawn(spec, many).at("/encoding/color/legend/symbolLimit").asInt()).isEqualTo(50);
  }

  @Test
  void legendsOfLayersInPanelsToo() throws Exception {
    String spec =
        """
        {"facet": {"field": "name", "type": "nominal"}, "columns": 3, "spec": {"width": 270, "layer": [
          {"mark": "line", "encoding": {"color": {"field": "name", "type": "nominal", "legend": {"orient": "bottom", "columns": 4}}}},
          {"mark": "line", "encoding": {"color": {"field": "name", "type": "nominal", "legend": null}}}]}}
        """;
    JsonNode drawn = drawn(spec, LONG);
    assertThat(drawn.at("/spec/layer/0/encoding/color/legend/columns").asInt()).isEqualTo(2);
    assertThat(drawn.at("/spec/layer/1/encoding/color/legend").isNull()).isTrue();
    assertThat(drawn.at("/columns").asInt()).isEqualTo(2);
    assertThat(drawn.at("/spec/width").asInt()).isBetween(370, 430);
    assertThat(drawn(spec, "short").at("/columns").asInt()).isEqualTo(3);
  }
}
