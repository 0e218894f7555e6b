package org.initlab.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.initlab.notebook.Figure;
import org.initlab.notebook.Figures;
import org.initlab.notebook.Shown;
import org.initlab.notebook.Table;
import org.initlab.notebook.show.Shows;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.core.Transform;
import org.rapaio.jupyter.kernel.display.DisplayData;

class BundleTest {

  private static final Shown FIGURE =
      Figures.histogram("a </script> b", new double[] {1, 2}, 2).shown();

  @Test
  void aFigureIsASpecificationMarkdownAndText() {
    Scripts.newCell();
    Map<String, Object> data = Bundle.of(FIGURE).data();
    assertThat(data)
        .containsOnlyKeys("application/vnd.vegalite.v5+json", "text/markdown", "text/plain");
    assertThat(Transform.toJson(data))
        .contains("\"application/vnd.vegalite.v5+json\":{")
        .contains("\"title\":\"a </script> b\"");
    assertThat((String) data.get("text/markdown"))
        .contains("initlab-figure")
        .doesNotContain("@SPEC");
  }

  @Test
  void whatASpecificationSwitchesOffStaysOff() {
    Shown figure =
        Figure.of(
                "A figure",
                "{\"mark\": \"bar\", \"encoding\": {\"x\": {\"field\": \"a\", \"sort\": null, \"title\": null}}}",
                new Table(List.of("a"), List.of(List.of(1))))
            .shown();
    assertThat(Transform.toJson(Bundle.of(figure).data()))
        .contains("\"sort\":null", "\"title\":null");
  }

  @Test
  void theFirstFigureOfACellCarriesTheScripts() {
    Scripts.newCell();
    String first = (String) Bundle.of(FIGURE).data().get("text/markdown");
    String second = (String) Bundle.of(FIGURE).data().get("text/markdown");
    Scripts.newCell();
    String next = (String) Bundle.of(FIGURE).data().get("text/markdown");
    assertThat(first.length()).isBetween(200_000, 600_000);
    assertThat(second.length()).isLessThan(10_000);
    assertThat(next).hasSameSizeAs(first);
  }

  @Test
  void dataCannotEndTheScript() {
    Scripts.newCell();
    String html = (String) Bundle.of(FIGURE).data().get("text/markdown");
    assertThat(html.split("</script>", -1)).hasSize(2);
  }

  @Test
  void markdownLeavesTheHtmlWhole() {
    Scripts.newCell();
    Shown figure =
        Figure.of(
                "`x` costs $1, `y` $2",
                "{\n\n  \"mark\": \"bar\",\n  \n  \"encoding\": {\"x\": {\"field\": \"a\"}}\n}",
                new Table(List.of("a"), List.of(List.of("$"))))
            .shown();
    Map<String, Object> data = Bundle.of(figure).data();
    assertThat(((String) data.get("text/markdown")).strip())
        .startsWith("<div")
        .endsWith("</script>")
        .doesNotContainPattern("\n\\s*\n")
        .doesNotContain("$", "`");
    assertThat(Transform.toJson(data)).contains("costs $1");
  }

  @Test
  void theRendererKnowsEveryTypeAndLeavesMapsToTheKernel() {
    Rendering rendering = new Rendering();
    assertThat(rendering.getDisplayRenderers()).hasSameSizeAs(Shows.types());
    DisplayData data = rendering.getDisplayRenderers().get(0).render(null, Shown.of("<i>", "i"));
    assertThat(data.data()).containsEntry("text/html", "<i>").containsEntry("text/plain", "i");
    assertThat(rendering.getDisplayTransformers().get(0).canTransform(Map.of())).isFalse();
    assertThat(rendering.getDisplayTransformers().get(0).transform("x"))
        .isEqualTo(Shown.of("<pre>x</pre>", "x"));
  }
}
