package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Site;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names with the seed of another framework. */
class SeedsTest {

  private static float first(String text, long key) {
    return Named.initializer(text).draw(Site.dense(1, 1), Key.of(key)).values()[0];
  }

  /** {@code normal(key(42))} and {@code uniform(key(0))} as JAX's documentation prints them. */
  @Test
  void jaxsSeedsGiveJaxsNumbers() {
    assertThat(first("jax:normal(stddev=1, seed=42)", 1))
        .isCloseTo(-0.028304616f, within(2 * Math.ulp(0.028304616f)));
    assertThat(first("jax:uniform(scale=2, seed=0)", 1)).isCloseTo(2 * 0.947667f, within(1e-6f));
    double u = 0.947667;
    assertThat(first("jax:glorot_uniform(seed=0)", 1))
        .isCloseTo((float) ((2 * u - 1) * Math.sqrt(3)), within(4e-6f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keras:glorot_uniform", "torch:xavier_uniform_", "jax:glorot_normal"})
  void aSeedDecidesAndWithoutOneTheKeyDoes(String name) {
    String seeded = name + "(seed=7)";
    assertThat(first(seeded, 1)).isEqualTo(first(seeded, 2));
    assertThat(first(seeded, 1)).isNotEqualTo(first(name + "(seed=8)", 1));
    assertThat(first(name, 1)).isNotEqualTo(first(name, 2));
    assertThat(Named.canonical(name)).startsWith(name + "(").endsWith("seed=key)");
    assertThat(Named.canonical(seeded)).endsWith("seed=7)");
  }

  @Test
  void pytorchIsTorch() {
    assertThat(Named.canonical("pytorch:Xavier-Uniform(seed=7)"))
        .isEqualTo("torch:xavier_uniform_(gain=1.0, seed=7)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keras:glorot_uniform(seed=-1) | seed must be a whole number from 0 to 4294967295, or key",
        "keras:glorot_uniform(seed=4294967296) | not \"4294967296\"",
        "keras:glorot_uniform(seed=7.5) | not \"7.5\"",
        "keras:glorot_unifrom(seed=7) | there are keras:glorot_uniform,",
        "keras:glorot_unifrom(seed=7) | Maybe keras:glorot_uniform.",
        "caffe:xavier | frameworks are keras:, torch:, jax: and dl4j:",
        "torch:kaiming_uniform_(nonlinearity=gelu) | nonlinearity must be one of leaky_relu, relu,",
        "torch:uniform_(a=1, b=0) | torch:uniform_: a must be at most b, 0.0, not 1.0.",
        "torch:trunc_normal_(a=3) | torch:trunc_normal_: a must be below b, 2.0, not 3.0.",
        "torch:sparse_(sparsity=2) | torch:sparse_: sparsity must be a number from 0 to 1, not 2.0.",
        "sparse(connections=0) | sparse: connections must be a whole number of at least 1",
        "dirac(groups=1.5) | dirac: groups must be a whole number of at least 1 and below 2^32, not \"1.5\". Maybe 1.",
      })
  void aBadSeedOrNameSaysWhatIsAllowed(String text, String says) {
    assertThatThrownBy(() -> Named.initializer(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }
}
