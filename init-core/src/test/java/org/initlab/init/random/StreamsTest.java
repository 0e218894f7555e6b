package org.initlab.init.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Published answers of the generators; oracle/ compares the streams with the frameworks. */
class StreamsTest {

  /** The ten thousandth number from the seed 5489: ISO/IEC 14882:2011, 26.5.5. */
  @Test
  void theTwisterGivesTheAnswerOfTheStandard() {
    Mt19937 twister = new Mt19937(5489);
    for (int i = 1; i < 10_000; i++) {
      twister.bits();
    }
    assertThat(Integer.toUnsignedLong(twister.bits())).isEqualTo(4123659995L);
  }

  /** Random123's file of known answers, philox4x32 with 10 rounds. */
  @Test
  void philoxGivesThePublishedAnswers() {
    int[] zeros = new int[4];
    Philox.apply(0, 0, zeros);
    assertThat(zeros).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    int[] ones = {-1, -1, -1, -1};
    Philox.apply(-1, -1, ones);
    assertThat(ones).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    int[] pi = {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344};
    Philox.apply(0xa4093822, 0x299f31d0, pi);
    assertThat(pi).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
  }

  @Test
  void theQuantileUndoesErf() {
    for (int i = -999; i <= 999; i++) {
      double y = i / 1000.0;
      assertThat(NormalCurve.erf(NormalQuantile.inverseErf(y))).isCloseTo(y, within(1e-15));
    }
    // Beyond 1 - 1e-11 the third pair of polynomials takes over.
    assertThat(NormalCurve.cdf(NormalQuantile.inverseErf(-1 + 0x1p-40) * Math.sqrt(2)))
        .isCloseTo(0x1p-41, within(0x1p-41 * 1e-12));
    assertThat(NormalQuantile.inverseErf(1)).isInfinite();
    assertThat(NormalQuantile.inverseErf(1.5)).isNaN();
  }

  /** A second tensor goes on where the first stopped, as in one program of PyTorch's. */
  @Test
  void pyTorchsStreamGoesOn() {
    TorchStream stream = new TorchStream(7);
    float[] both = new float[10];
    stream.normal(1, both);
    TorchStream again = new TorchStream(7);
    float[] five = new float[5];
    again.normal(1, five);
    assertThat(five).containsExactly(both[0], both[1], both[2], both[3], both[4]);
    again.normal(1, five);
    assertThat(five).containsExactly(both[5], both[6], both[7], both[8], both[9]);
  }

  @Test
  void tensorFlowCutsAtTwoDeviationsOnly() {
    assertThatThrownBy(() -> new TensorFlowStream(1).truncatedNormal(1, -1, 2, new float[1]))
        .hasMessageContaining("-1.0 and 2.0");
  }

  /** A million normals of each: mean and variance within five standard errors, 6e-7 a bound. */
  @Test
  void normalsAreNormal() {
    for (Stream stream : new Stream[] {new TorchStream(3), new TensorFlowStream(3)}) {
      float[] x = new float[1_000_000];
      stream.normal(2, x);
      double mean = 0;
      double square = 0;
      for (float one : x) {
        mean += one / 2 / 1e6;
        square += one * one / 4 / 1e6;
      }
      assertThat(mean).isCloseTo(0, within(5e-3));
      assertThat(square).isCloseTo(1, within(5e-3 * Math.sqrt(2)));
    }
  }
}
