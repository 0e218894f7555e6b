package org.initlab.init.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrthogonalTest {

  static Stream<Arguments> sizes() {
    Stream<Arguments> small =
        IntStream.rangeClosed(0, 5)
            .boxed()
            .flatMap(r -> IntStream.rangeClosed(0, 5).mapToObj(c -> Arguments.of(r, c)));
    return Stream.concat(
        small, Stream.of(Arguments.of(128, 64), Arguments.of(64, 128), Arguments.of(1024, 1024)));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theShorterSideIsOrthonormalTimesTheGain(int rows, int columns) {
    double gain = 1.5;
    float[] q =
        new Orthogonal(gain).draw(Site.dense(rows, columns), Key.of(rows + columns)).values();
    int thin = Math.min(rows, columns);
    int tall = Math.max(rows, columns);
    // A row-major matrix whose rows are to be orthonormal: q itself, or its transpose.
    float[] unit = rows >= columns ? Orthogonal.transpose(q, rows, columns) : q;
    double worst = 0;
    for (int a = 0; a < thin; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = 0;
        for (int i = 0; i < tall; i++) {
          sum += (double) unit[a * tall + i] * unit[b * tall + i];
        }
        worst = Math.max(worst, Math.abs(sum - (a == b ? gain * gain : 0)));
      }
    }
    assertThat(q).hasSize(rows * columns);
    assertThat(worst).isLessThan(1e-5);
  }

  @Test
  void aConvolutionIsOrthogonalWhenFlattened() {
    Site site = Site.of(WeightShape.convolution(3, 8, 3L, 3L));
    Orthogonal unit = new Orthogonal(1);
    assertThat(unit.draw(site, Key.of(1)).shape()).containsExactly(3, 3, 3, 8);
    assertThat(unit.draw(site, Key.of(1)).values())
        .isEqualTo(unit.draw(Site.dense(27, 8), Key.of(1)).values());
  }

  /**
   * Under Haar's measure the top left entry of a 2 x 2 matrix is the cosine of a uniform angle:
   * positive half the time, of variance 1/2. Of 4000 signs, five standard errors are 158: 6e-7
   * false alarms. Without the correction of signs Householder's Q would never have a positive one.
   */
  @Test
  void signsAreThoseOfHaarsMeasure() {
    int positive = 0;
    double squares = 0;
    for (int i = 0; i < 4000; i++) {
      float[] q = new Orthogonal(1).draw(Site.dense(2, 2), Key.of(9).at("trial", i)).values();
      positive += q[0] > 0 ? 1 : 0;
      squares += q[0] * q[0];
    }
    assertThat(positive).isBetween(2000 - 158, 2000 + 158);
    assertThat(squares / 4000).isCloseTo(0.5, within(5 * Math.sqrt(0.125 / 4000)));
  }

  @Test
  void badGainsAreRefused() {
    for (double gain : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Orthogonal(gain))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not " + gain);
    }
  }
}
