package org.initlab.notebook.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.initlab.init.Activation;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.theory.CriticalPoint;
import org.initlab.init.theory.Propagation;
import org.initlab.init.theory.Variances;
import org.initlab.notebook.Figures;
import org.initlab.notebook.Lab;
import org.initlab.notebook.Shown;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ShowsTest {

  /** A value of each type of the table. */
  private static final Map<String, Object> VALUES =
      Map.of(
          "Shown", Shown.of("<b>x</b>", "x"),
          "Self", Lab.draw("zeros", 2, 2, 1),
          "INDArray", Nd4j.create(new float[][] {{1, 2}, {3, 4}}),
          "float[]", new float[] {1, 2},
          "double[]", new double[] {1, 2},
          "Weights", Weights.zeros(WeightShape.convolution(2, 3, 5L, 5L)),
          "Study",
              Lab.study(
                  "{name: s, question: q, seed: 1, repeats: 1, fixed: {dataset: mnist-6k, depth: 1, width: 2, learning_rate: 0.1, steps: 1}, axes: {scheme: [zeros, ones]}, measure: {metrics: [loss], at: [0]}}"),
          "Propagation", Propagation.of(Activation.TANH, new Variances(2, 0.1)),
          "CriticalPoint", new CriticalPoint(new Variances(1, 0), 0, true),
          "Verdict", verdict());

  private static Object verdict() {
    try {
      return Lab.inspect("models/deep-tanh.json").verdict();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyTypeOfTheTableHasALookOfItsOwn() {
    assertThat(Shows.types()).hasSize(VALUES.size());
    for (Class<?> type : Shows.types()) {
      Object value = VALUES.get(type.getSimpleName());
      assertThat(value).as(type.getName()).isInstanceOf(type);
      Shown shown = Shows.of(value);
      assertThat(shown.html())
          .as(type.getName())
          .contains("<")
          .doesNotContain(type.getName() + "@");
      assertThat(shown.text()).as(type.getName()).isNotBlank();
    }
  }

  @Test
  void anArrayShowsACornerAndCountsTheRest() {
    INDArray array = Nd4j.arange(3 * 40 * 50).reshape(3, 40, 50);
    assertThat(Shows.of(array).text())
        .startsWith("INDArray [3, 40, 50] of ")
        .contains("6,000 numbers", "459", "5,900 more numbers are not shown.");
    assertThat(Shows.of(Nd4j.scalar(3.5)).text()).contains("3.5");
    assertThat(Shows.of(Nd4j.createFromArray(true, false)).text()).contains("true");
    assertThat(Shows.of(new float[1000]).text()).contains("900 more numbers are not shown.");
  }

  @Test
  void whatIsNotInTheTableShowsItsOwnText() {
    assertThat(Shows.of("a<b").html()).isEqualTo("<pre>a&lt;b</pre>");
    assertThat(Shows.of(List.of(1, 2)).text()).isEqualTo("[1, 2]");
    assertThat(Shows.of("x".repeat(10_001)).text()).endsWith("... and 1 characters more");
  }

  @Test
  void aFigureHasASpecification() {
    Shown shown = Shows.of(Figures.histogram("h", new double[] {1, 2}, 2));
    assertThat(shown.vegaLite().orElseThrow()).contains("vega-lite/v5");
  }
}
