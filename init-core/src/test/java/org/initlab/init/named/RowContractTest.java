package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.draw.VarianceScaling;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every row of the table; a new row is tested by being there. */
class RowContractTest {

  private static final List<WeightShape> SHAPES =
      List.of(
          WeightShape.dense(1, 1),
          WeightShape.dense(100, 50),
          WeightShape.dense(3, 7),
          WeightShape.convolution(4, 8, 5L),
          WeightShape.convolution(3, 32, 3L, 3L));

  static Stream<Row> rows() {
    return Named.rows().stream();
  }

  /** The rows whose weights are independent draws of a law. */
  static Stream<Row> lawful() {
    return rows().filter(row -> law(initializer(row)) != null);
  }

  /** A text for a row: its name, and 0.5 wherever a parameter has no default. */
  static String text(Row row) {
    List<String> given =
        row.parameters().stream()
            .filter(p -> p.fallback().isEmpty())
            .map(p -> p.name() + "=0.5")
            .toList();
    return given.isEmpty() ? row.name() : row.name() + "(" + String.join(", ", given) + ")";
  }

  static Initializer initializer(Row row) {
    return Named.initializer(text(row));
  }

  private static Law law(Initializer initializer) {
    if (initializer instanceof VarianceScaling scaling) {
      return scaling.law();
    }
    return initializer instanceof FixedScale fixed ? fixed.law() : null;
  }

  private static double variance(Initializer initializer, Site site) {
    if (initializer instanceof VarianceScaling scaling) {
      return scaling.gain().variance(site.into()) / scaling.fan().of(site.shape().fans());
    }
    double deviation = ((FixedScale) initializer).deviation();
    return deviation * deviation;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void drawsFiniteNumbersOfTheSitesShape(Row row) {
    for (WeightShape shape : SHAPES) {
      var weights = initializer(row).draw(Site.of(shape), Key.of(1));
      assertThat(weights.shape()).isEqualTo(shape.lengths());
      for (float w : weights.values()) {
        assertThat(Float.isFinite(w)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theSameKeyGivesTheSameBitsAndAnotherKeyOthers(Row row) {
    Site site = Site.of(SHAPES.get(4));
    float[] once = initializer(row).draw(site, Key.of(1)).values();
    float[] twice = initializer(row).draw(site, Key.of(1)).values();
    float[] other = initializer(row).draw(site, Key.of(2)).values();
    assertThat(twice).isEqualTo(once);
    assertThat(Arrays.equals(once, other)).isEqualTo(initializer(row) instanceof Constant);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyAliasAndEveryFormOfANameMeansTheRow(Row row) {
    String canonical = Named.canonical(text(row));
    assertThat(canonical).startsWith(row.name());
    assertThat(Named.initializer(canonical)).isEqualTo(initializer(row));
    for (String alias : row.aliases()) {
      assertThat(Named.canonical(text(row).replaceFirst("^" + row.name(), alias)))
          .isEqualTo(canonical);
    }
    assertThat(Named.canonical(text(row).replace('_', '-'))).isEqualTo(canonical);
  }

  @ParameterizedTest
  @MethodSource("lawful")
  void aDrawDependsOnItsKeyAndPlaceOnly(Row row) {
    // Both layers have the same fans, so the shorter tensor is a prefix of the longer one's stream.
    Initializer initializer = initializer(row);
    Law law = law(initializer);
    Site site = Site.dense(100, 100);
    float[] alone = new float[3];
    law.fill(Key.of(8), Math.sqrt(variance(initializer, site)), alone);
    float[] all = initializer.draw(site, Key.of(8)).values();
    assertThat(Arrays.copyOf(all, 3)).isEqualTo(alone);
  }

  /**
   * A million draws: mean, variance, skewness and kurtosis within five standard errors, 6e-7 false
   * alarms each; Kolmogorov's sqrt(n) D below 2.5, 7.5e-6. The key is fixed: a row passes always or
   * never.
   *
   * <p>With unit variance the errors are 1, sqrt(k - 1), sqrt(m6) and about sqrt(m8 - m4^2) over
   * sqrt(n); the normal law's, sqrt(15) and sqrt(24), bound the other two laws' as well.
   */
  @ParameterizedTest
  @MethodSource("lawful")
  void aMillionDrawsHaveTheMomentsAndTheCdfOfTheLaw(Row row) {
    Initializer initializer = initializer(row);
    Law law = law(initializer);
    Site site = Site.dense(2000, 500);
    double deviation = Math.sqrt(variance(initializer, site));
    float[] x = initializer.draw(site, Key.of(20).at(row.name())).values();
    int n = x.length;
    double[] power = new double[5];
    for (float w : x) {
      double z = w / deviation;
      power[1] += z / n;
      power[2] += z * z / n;
      power[3] += z * z * z / n;
      power[4] += z * z * z * z / n;
    }
    double error = 5 / Math.sqrt(n);
    assertThat(power[1]).as("mean").isCloseTo(0, within(error));
    assertThat(power[2]).as("variance").isCloseTo(1, within(error * Math.sqrt(law.kurtosis() - 1)));
    assertThat(power[3]).as("skewness").isCloseTo(0, within(error * Math.sqrt(15)));
    assertThat(power[4] / (power[2] * power[2]))
        .as("kurtosis")
        .isCloseTo(law.kurtosis(), within(error * Math.sqrt(24)));

    Arrays.sort(x);
    double worst = 0;
    for (int i = 0; i < n; i++) {
      double f = law.cdf(x[i] / deviation);
      worst = Math.max(worst, Math.max(f - (double) i / n, (i + 1.0) / n - f));
    }
    assertThat(Math.sqrt(n) * worst).as("Kolmogorov's distance").isLessThan(2.5);
    double largest = Math.max(-x[0], x[n - 1]) / deviation;
    assertThat(largest).as("support").isLessThanOrEqualTo(law.bound() * (1 + 2e-7));
  }

  /** Glorot and Bengio 2010, equation 16, and their equation 1, by the numbers. */
  @Test
  void theFamousBoundsAreReachedAndNotPassed() {
    Site site = Site.dense(400, 200);
    assertThat(largest("glorot_uniform", site)).isBetween(0.0999f, 0.1f);
    assertThat(largest("standard", site)).isBetween(0.0499f, 0.05f);
    assertThat(largest("he_uniform", site)).isBetween(0.1223f, 0.12247449f);
    assertThat(largest("lecun_uniform", site)).isBetween(0.0865f, 0.08660254f);
  }

  @Test
  void everyRowIsALawOrAControlOrOrthogonal() {
    List<String> others =
        rows()
            .filter(row -> law(initializer(row)) == null)
            .filter(row -> !(initializer(row) instanceof Constant))
            .filter(row -> !(initializer(row) instanceof Orthogonal))
            .map(Row::name)
            .toList();
    assertThat(others).as("rows whose numbers no test here checks").isEmpty();
  }

  private static float largest(String name, Site site) {
    float largest = 0;
    for (float w : Named.initializer(name).draw(site, Key.of(1)).values()) {
      largest = Math.max(largest, Math.abs(w));
    }
    return largest;
  }
}
