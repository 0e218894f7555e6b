package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.deeplearning4j.nn.weights.WeightInit;
import org.initlab.init.Fan;
import org.initlab.init.Gain;
import org.initlab.init.Law;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.draw.VarianceScaling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NamedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Xavier-Uniform | glorot_uniform",
        "GlorotUniform | glorot_uniform",
        "xavier_normal_ | glorot_normal",
        "kaiming_uniform() | he_uniform",
        "HeNormal | he_normal",
        "XAVIER | glorot_normal",
        "dl4j:RELU | he_normal",
        "dl4j:NORMAL | lecun_normal",
        "dl4j:LECUN_UNIFORM | dl4j:lecun_uniform",
        "torch:trunc_normal_ | torch:trunc_normal_(std=1.0, a=-2.0, b=2.0, seed=key)",
        "torch:sparse_(sparsity=0.2) | torch:sparse_(sparsity=0.2, std=0.01, seed=key)",
        "jax:uniform | jax:uniform(scale=0.01, seed=key)",
        "LeCunNormal | lecun_normal",
        "normal( stddev = 1.0 ) | normal(stddev=1.0)",
        "random_normal(stddev=1e0) | normal(stddev=1.0)",
        "uniform | uniform(limit=0.05)",
        "constant(value=-0) | constant(value=0.0)",
        "orthogonal | orthogonal(gain=1.0)",
        "variance_scaling(distribution=Truncated-Normal, mode=FanAvg)"
            + " | variance_scaling(scale=1.0, mode=fan_avg, distribution=truncated_normal)",
      })
  void textsOfOneThingBecomeOneText(String written, String canonical) {
    assertThat(Named.canonical(written)).isEqualTo(canonical);
    assertThat(Named.canonical(canonical)).isEqualTo(canonical);
    assertThat(Named.initializer(written)).isEqualTo(Named.initializer(canonical));
  }

  @Test
  void namesStandForTheTextbooksValues() {
    assertThat(Named.initializer("glorot_uniform"))
        .isEqualTo(new VarianceScaling(Gain.UNIT, Fan.MEAN, new Law.Uniform()));
    assertThat(Named.initializer("he_normal"))
        .isEqualTo(new VarianceScaling(Gain.of(2), Fan.IN, new Law.Normal()));
    assertThat(Named.initializer("lecun_truncated_normal"))
        .isEqualTo(new VarianceScaling(Gain.UNIT, Fan.IN, new Law.TruncatedNormal(2)));
    assertThat(
            Named.initializer("variance_scaling(scale=3, mode=fan_geo_avg, distribution=normal)"))
        .isEqualTo(new VarianceScaling(Gain.of(3), Fan.GEOMETRIC, new Law.Normal()));
    assertThat(Named.initializer("uniform(limit=3)"))
        .isEqualTo(new FixedScale(3 / Math.sqrt(3), new Law.Uniform()));
    assertThat(Named.initializer("ones")).isEqualTo(new Constant(1));
    assertThat(Named.initializer("orthogonal(gain=1.5)")).isEqualTo(new Orthogonal(1.5));
  }

  @ParameterizedTest
  @EnumSource(value = WeightInit.class, mode = EnumSource.Mode.EXCLUDE, names = "DISTRIBUTION")
  void everyWeightInitOfDeeplearning4jIsAName(WeightInit init) {
    assertThat(Named.row("dl4j:" + init)).isNotNull();
  }

  @Test
  void noNameStandsForTwoThings() {
    Set<String> seen = new HashSet<>();
    for (Row row : Named.rows()) {
      assertThat(seen.add(row.name())).as(row.name()).isTrue();
      row.aliases().forEach(alias -> assertThat(seen.add(alias)).as(alias).isTrue());
      assertThat(row.name()).matches("(keras:|torch:|jax:|dl4j:)?[a-z][a-z_]*");
      assertThat(row.paper()).isNotBlank();
      assertThat(row.formula()).isNotBlank();
    }
  }

  @Test
  void everyRuleSaysWhatItDoesAndWhereItIsFrom() {
    for (RuleRow<?> row : Named.schemeRows()) {
      assertThat(row.formula()).as(row.name()).isNotBlank();
      assertThat(row.paper()).as(row.name()).isNotBlank();
    }
    for (RuleRow<?> row : Named.calibratorRows()) {
      assertThat(row.formula()).as(row.name()).isNotBlank();
      assertThat(row.paper()).as(row.name()).isNotBlank();
    }
  }

  /** A variance where theory knows one; the moments of a draw, and no mean square, elsewhere. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keras:he_normal | variance | 0.0200000 for a dense layer 100 to 50",
        "torch:xavier_uniform_ | variance | 0.0133333 for a dense layer 100 to 50",
        "torch:kaiming_normal_ | fans | fan_in = in x kernel positions",
        "random_walk | variance | 0.0101005 for a dense layer 100 to 50",
        "ones | one draw | mean 1, mean square 1, so variance 0, for a dense layer 100 to 50",
        "zeros | variance | 0 for a dense layer 100 to 50",
      })
  void aVarianceIsAVariance(String text, String title, String says) {
    assertThat(Description.of(text))
        .anySatisfy(
            line -> {
              assertThat(line.title()).isEqualTo(title);
              assertThat(line.text()).startsWith(says);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "glorot_unifrom | No initializer is named glorot_unifrom | Maybe glorot_uniform.",
        "xavier_unifrom | there are glorot_uniform, | Maybe xavier_uniform.",
        "orthogonal(gian=2) | orthogonal has no parameter gian; it has gain. | Maybe gain.",
        "he_normal(gain=2) | he_normal has no parameter gain; it has none. | none",
        "orthogonal(gain=NaN) | orthogonal: gain must be a finite number of at least 0 | not \"NaN\"",
        "normal(stddev=-1) | normal: stddev must be a finite number of at least 0 | not \"-1\"",
        "normal(stddev=Infinity) | normal: stddev | not \"Infinity\"",
        "normal(stddev=1e999) | normal: stddev | not \"1e999\"",
        "normal(stddev=big) | normal: stddev | not \"big\"",
        "constant(value=NaN) | constant: value must be a finite number, | not \"NaN\"",
        "constant | constant needs value: a finite number | constant(value=...)",
        "normal(stddev=1 | normal: unbalanced parenthesis | name(parameter=value)",
        "normal stddev=1) | unbalanced parenthesis | name(parameter=value)",
        "normal(stddev=(1)) | normal: stddev must be a finite number of at least 0 | not \"(1)\"",
        "normal(stddev=1)x | normal: unbalanced parenthesis | name(parameter=value)",
        "normal(stddev=1, stddev=2) | normal: stddev is given twice | twice",
        "normal(1) | normal: \"1\" is not of the form parameter=value | parameter=value",
        "normal(stddev=1,) | normal: \"\" is not of the form | parameter=value",
        "variance_scaling(mode=fan_inn) | variance_scaling: mode must be one of fan_in, | Maybe fan_in.",
        "lsuv | No initializer is named lsuv | It is a calibrator",
        "fixup | No initializer is named fixup | It is a scheme",
        "(gain=1) | names no initializer | glorot_uniform",
      })
  void aBadTextSaysWhatIsWrongAndWhatIsAllowed(String text, String says, String also) {
    for (String message : new String[] {says, also}) {
      assertThatThrownBy(() -> Named.initializer(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
      assertThatThrownBy(() -> Named.canonical(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void anEmptyTextIsRefused() {
    assertThatThrownBy(() -> Named.initializer("  "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no initializer");
  }

  /** What a parameter says of its lower end is what its row, of any of the three tables, takes. */
  @Test
  void theLeastThatIsAllowedIsTakenAndNothingBelow() {
    int seen = 0;
    for (Row row : Named.rows()) {
      seen += ends(row.name(), row.parameters(), Named::initializer);
    }
    for (RuleRow<?> row : Named.schemeRows()) {
      seen += ends(row.name(), row.parameters(), Named::scheme);
    }
    for (RuleRow<?> row : Named.calibratorRows()) {
      seen += ends(row.name(), row.parameters(), Named::calibrator);
    }
    assertThat(seen).isGreaterThan(40);
  }

  private static int ends(String row, List<Parameter> parameters, Function<String, ?> made) {
    int seen = 0;
    for (Parameter parameter : parameters) {
      boolean number = parameter.kind() == Parameter.Kind.NUMBER;
      if (!number && parameter.kind() != Parameter.Kind.WHOLE || parameter.least() < 0) {
        continue;
      }
      seen++;
      String least = number ? "" + parameter.least() : "" + (long) parameter.least();
      String below = number ? "" + -Double.MIN_VALUE : "" + ((long) parameter.least() - 1);
      if (number && parameter.least() > 0) {
        assertThat(parameter.allowed()).isEqualTo("a finite number above 0");
        below = "0";
      }
      String text = row + "(" + parameter.name() + "=";
      assertThat(made.apply(text + least + ")")).as(text + least).isNotNull();
      String refused = text + below + ")";
      assertThatThrownBy(() -> made.apply(refused))
          .as(refused)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(row + ": " + parameter.name() + " must be ")
          .hasMessageContaining(parameter.allowed());
    }
    return seen;
  }
}
