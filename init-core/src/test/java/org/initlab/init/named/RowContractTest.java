package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.draw.Constant;
import org.initlab.init.draw.DeltaOrthogonal;
import org.initlab.init.draw.Dirac;
import org.initlab.init.draw.FixedScale;
import org.initlab.init.draw.Hadamard;
import org.initlab.init.draw.Identity;
import org.initlab.init.draw.LooksLinear;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.draw.PaddedIdentity;
import org.initlab.init.draw.RandomWalk;
import org.initlab.init.draw.RecurrentIdentity;
import org.initlab.init.draw.Renumbered;
import org.initlab.init.draw.Replica;
import org.initlab.init.draw.Sparse;
import org.initlab.init.draw.SparseColumns;
import org.initlab.init.draw.UniformFromZero;
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
          WeightShape.dense(4, 4),
          WeightShape.dense(4, 6),
          WeightShape.convolution(1, 1, 1L),
          WeightShape.convolution(4, 8, 5L),
          WeightShape.convolution(8, 4, 2L, 4L),
          WeightShape.convolution(3, 32, 3L, 3L),
          WeightShape.convolution(2, 4, 2L, 3L, 1L),
          WeightShape.convolution(2, 2, 2L, 2L, 2L, 2L));

  /** Rows that draw the same whatever the key. */
  private static final Set<Class<? extends Initializer>> FIXED =
      Set.of(Constant.class, Identity.class, RecurrentIdentity.class, Dirac.class, Hadamard.class);

  /** Rows whose numbers tests of their own check. */
  private static final Set<Class<? extends Initializer>> TESTED_ELSEWHERE =
      Set.of(
          Orthogonal.class,
          DeltaOrthogonal.class,
          PaddedIdentity.class,
          LooksLinear.class,
          Sparse.class,
          RandomWalk.class,
          Replica.class,
          SparseColumns.class,
          UniformFromZero.class);

  static Stream<Row> rows() {
    return Named.rows().stream();
  }

  /** The rows whose weights are independent draws of a law, one for each initializer. */
  static Stream<Row> lawful() {
    Set<Initializer> seen = new HashSet<>();
    return rows()
        .filter(row -> law(initializer(row)) != null)
        .filter(row -> seen.add(initializer(row)));
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
    if (initializer instanceof Renumbered renumbered) {
      return law(renumbered.rule());
    }
    if (initializer instanceof VarianceScaling scaling) {
      return scaling.law();
    }
    return initializer instanceof FixedScale fixed ? fixed.law() : null;
  }

  private static double variance(Initializer initializer, Site site) {
    if (initializer instanceof Renumbered renumbered) {
      return variance(renumbered.rule(), site);
    }
    if (initializer instanceof VarianceScaling scaling) {
      return scaling.gain().variance(site.into()) / scaling.fan().of(site.shape().fans());
    }
    double deviation = ((FixedScale) initializer).deviation();
    return deviation * deviation;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void drawsFiniteNumbersOfTheSitesShapeAndRefusesOtherShapesByName(Row row) {
    int filled = 0;
    for (WeightShape shape : shapes()) {
      Site site = Site.of(shape);
      if (!row.shapes().allows(site)) {
        assertThatThrownBy(() -> initializer(row).draw(site, Key.of(1)))
            .as("%s", shape)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(": shape must be that of " + row.shapes().says())
            .hasMessageContaining("out " + shape.out());
        continue;
      }
      if (initializer(row).objection(site).isPresent()) {
        assertThat(shape.size()).as("only what has no weights may have no fan").isZero();
        assertThatThrownBy(() -> initializer(row).draw(site, Key.of(1)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(initializer(row).objection(site).get())
            .hasMessageContaining("must be above 0, not 0");
        continue;
      }
      filled++;
      Weights weights = initializer(row).draw(site, Key.of(1));
      assertThat(weights.shape()).isEqualTo(shape.lengths());
      for (float w : weights.values()) {
        assertThat(Float.isFinite(w)).isTrue();
      }
    }
    assertThat(filled).isPositive();
  }

  /**
   * The shapes above, and layers of 0 to 5 inputs and outputs, dense and of one to four extents.
   */
  private static List<WeightShape> shapes() {
    List<WeightShape> shapes = new ArrayList<>(SHAPES);
    for (int in = 0; in <= 5; in++) {
      for (int out = 0; out <= 5; out++) {
        shapes.add(WeightShape.dense(in, out));
        for (int dimensions = 1; dimensions <= 4; dimensions++) {
          shapes.add(
              WeightShape.convolution(
                  in, out, Collections.nCopies(dimensions, 2L).toArray(Long[]::new)));
        }
      }
    }
    return shapes;
  }

  /** A site that the row can fill. */
  static Site site(Row row) {
    for (WeightShape shape :
        List.of(
            WeightShape.dense(8, 4), WeightShape.dense(4, 4), WeightShape.convolution(4, 4, 1L))) {
      if (row.shapes().allows(Site.of(shape))) {
        return Site.of(shape);
      }
    }
    throw new AssertionError("no shape for " + row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aTensorTooLargeForAnArrayIsRefusedByName(Row row) {
    Initializer initializer = initializer(row);
    Stream.of(WeightShape.dense(1 << 20, 1 << 20), WeightShape.convolution(1 << 18, 1 << 18, 3L))
        .map(Site::of)
        .filter(site -> row.shapes().allows(site))
        .forEach(
            site ->
                assertThatThrownBy(() -> initializer.draw(site, Key.of(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("[A-Za-z0-9_ ]+: shape of weights must be .*")
                    .hasMessageContaining("at most 2147483639 weights")
                    .hasMessageContaining("not " + site.shape().size())
                    .hasMessageContaining("out " + site.shape().out()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theSameKeyGivesTheSameBitsAndAnotherKeyOthers(Row row) {
    Initializer initializer = initializer(row);
    Site site = site(row);
    float[] once = initializer.draw(site, Key.of(1)).values();
    float[] twice = initializer.draw(site, Key.of(1)).values();
    float[] other = initializer.draw(site, Key.of(2)).values();
    assertThat(twice).isEqualTo(once);
    assertThat(Arrays.equals(once, other)).isEqualTo(FIXED.contains(initializer.getClass()));
  }

  /**
   * Pearson's correlation of a stream of 2^18 with itself, 1 to 65536 places later by powers of
   * two, and with the streams of the next seed, the next name and the next number: each below five
   * standard errors of 1 / sqrt(n), 6e-7 false alarms for each of twenty and each law.
   */
  @ParameterizedTest
  @MethodSource("lawful")
  void neighboursAreUncorrelated(Row row) {
    Initializer initializer = initializer(row);
    Site site = Site.dense(512, 512);
    float[] x = initializer.draw(site, Key.of(31).at("layer", 1)).values();
    for (int lag = 1; lag <= 65_536; lag *= 2) {
      assertThat(correlation(x, x, lag)).as("lag %d", lag).isCloseTo(0, within(5.0));
    }
    for (Key key :
        List.of(Key.of(32).at("layer", 1), Key.of(31).at("layes", 1), Key.of(31).at("layer", 2))) {
      float[] y = initializer.draw(site, key).values();
      assertThat(correlation(x, y, 0)).isCloseTo(0, within(5.0));
    }
  }

  /** The correlation of x with y {@code lag} places later, in standard errors. */
  private static double correlation(float[] x, float[] y, int lag) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    int n = x.length - lag;
    for (int i = 0; i < n; i++) {
      xy += (double) x[i] * y[i + lag];
      xx += (double) x[i] * x[i];
      yy += (double) y[i + lag] * y[i + lag];
    }
    return xy / Math.sqrt(xx * yy) * Math.sqrt(n);
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
    assertThat(Named.row(canonical)).isSameAs(row);
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
    for (int i = 0; i < alone.length; i++) {
      // Another framework rounds a draw elsewhere, and its deviation.
      int ulps = initializer instanceof Renumbered ? 6 : 0;
      assertThat(all[i]).isCloseTo(alone[i], within(ulps * Math.ulp(alone[i])));
    }
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
  void everyRowIsALawOrFixedOrTestedElsewhere() {
    List<String> others =
        rows()
            .filter(row -> law(initializer(row)) == null)
            .filter(row -> !FIXED.contains(initializer(row).getClass()))
            .filter(row -> !TESTED_ELSEWHERE.contains(initializer(row).getClass()))
            .map(Row::name)
            .toList();
    assertThat(others).as("rows whose numbers no test checks").isEmpty();
  }

  private static float largest(String name, Site site) {
    float largest = 0;
    for (float w : Named.initializer(name).draw(site, Key.of(1)).values()) {
      largest = Math.max(largest, Math.abs(w));
    }
    return largest;
  }
}
