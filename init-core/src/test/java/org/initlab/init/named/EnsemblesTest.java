package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.initlab.init.Activation;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.WeightShape;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What initializers say of themselves to theory, against what they draw. */
class EnsemblesTest {

  private static final List<WeightShape> SHAPES =
      List.of(WeightShape.dense(300, 200), WeightShape.dense(150, 400));

  static List<Row> rows() {
    return Named.rows().stream()
        .filter(row -> row.parameters().stream().allMatch(p -> p.fallback().isPresent()))
        .toList();
  }

  /** Sixty thousand weights: a mean square strays by 0.6 %, so 3 % is five deviations. */
  @ParameterizedTest
  @MethodSource("rows")
  void theVarianceIsThatOfTheDraw(Row row) {
    Initializer initializer = Named.initializer(row.name());
    for (WeightShape shape : SHAPES) {
      Site site = new Site("w", shape, Role.HIDDEN, Activation.RELU, 1, 2);
      Optional<WeightEnsemble> ensemble =
          row.shapes().allows(site) ? initializer.ensemble(site) : Optional.empty();
      if (ensemble.isPresent()) {
        double variance = ensemble.get().variance();
        double sum = 0;
        double squares = 0;
        float[] w = initializer.draw(site, Key.of(5)).values();
        for (float x : w) {
          sum += x;
          squares += (double) x * x;
        }
        assertThat(squares / w.length).isCloseTo(variance, within(0.03 * variance));
        assertThat(sum / w.length).isCloseTo(0, within(5 * Math.sqrt(variance / w.length)));
      }
    }
  }

  @Test
  void whatIsNoDrawOfItsKindHasNone() {
    List<String> without = new ArrayList<>();
    for (Row row : rows()) {
      Site site = Site.of(SHAPES.get(0));
      if (Named.initializer(row.name()).ensemble(site).isEmpty()) {
        without.add(row.name());
      }
    }
    assertThat(without)
        .contains("ones", "identity", "padded_identity", "hadamard", "looks_linear", "sparse")
        .doesNotContain("glorot_uniform", "he_truncated_normal", "orthogonal", "random_walk");
    Site site = Site.of(SHAPES.get(0));
    for (String seeded :
        List.of(
            "keras:glorot_uniform(seed=3)",
            "torch:xavier_uniform_(seed=3)",
            "jax:he_normal(seed=3)")) {
      assertThat(Named.initializer(seeded).ensemble(site)).as(seeded).isEmpty();
      assertThat(Named.initializer(seeded.replaceAll("\\(.*", "")).ensemble(site)).isPresent();
    }
    assertThat(
            Named.initializer("random_walk")
                .ensemble(new Site("w", SHAPES.get(0), Role.HIDDEN, Activation.TANH, 1, 1)))
        .isEmpty();
  }

  @Test
  void orthogonalMatricesHaveTheMeanSquareOfTheirLongerSide() {
    for (WeightShape shape : SHAPES) {
      WeightEnsemble ensemble =
          Named.initializer("orthogonal(gain=2)").ensemble(Site.of(shape)).get();
      assertThat(ensemble.orthogonal()).isTrue();
      assertThat(ensemble.variance()).isEqualTo(4.0 / Math.max(shape.in(), shape.out()));
    }
  }
}
