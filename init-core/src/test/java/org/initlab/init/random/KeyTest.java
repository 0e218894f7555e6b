package org.initlab.init.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyTest {

  @Test
  void threefryGivesThePublishedAnswersOfRandom123() {
    assertThat(Threefry.words(0, 0, 0, 0)).isEqualTo(0x6b20015999ba4efeL);
    assertThat(Threefry.words(-1, -1, -1, -1)).isEqualTo(0x1cb996fcbb002be7L);
    assertThat(Threefry.words(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3))
        .isEqualTo(0xc4923a9c483df7a0L);
  }

  @Test
  void bitsAreThoseOfJax() {
    assertThat(LongStream.range(0, 4).map(i -> Integer.toUnsignedLong(Key.of(0).bits(i))))
        .containsExactly(4070199207L, 4202968722L, 1427181096L, 2012915765L);
  }

  @Test
  void uniformIsThatOfJax() {
    assertThat(Key.of(0).uniformFloat(0)).isCloseTo(0.947667f, within(5e-7f));
    assertThat(Key.of(0).split(1).uniformFloat(0)).isCloseTo(0.00729382f, within(1e-7f));
  }

  @Test
  void splitIsThatOfJax() {
    assertThat(Key.of(42).split(0)).isEqualTo(new Key(1832780943, 270669613));
    assertThat(Key.of(42).split(1)).isEqualTo(new Key(64467757, (int) 2916123636L));
    assertThat(Key.of(42).fold(1)).isEqualTo(Key.of(42).split(1));
  }

  @Test
  void bulkEqualsOneByOneAlsoAcrossTheBoundaryOfTheLowWord() {
    for (long from : new long[] {0, 5, (1L << 32) - 1500, (1L << 32) - 1, 1L << 40, -1500}) {
      for (int length : new int[] {0, 1, 1023, 1024, 3001}) {
        int[] bulk = new int[length];
        Key.of(7).bits(from, bulk);
        int[] single = new int[length];
        for (int i = 0; i < length; i++) {
          single[i] = Key.of(7).bits(from + i);
        }
        assertThat(bulk).as("from %d, length %d", from, length).isEqualTo(single);
      }
    }
  }

  @Test
  void bulkUniformsAreTheSingleOnes() {
    float[] bulk = new float[2500];
    Key.of(7).uniform(11, bulk);
    for (int i = 0; i < bulk.length; i++) {
      assertThat(bulk[i]).isEqualTo(Key.of(7).uniformFloat(11 + i));
    }
  }

  @Test
  void allBitsOfASeedAndOfAnIndexCount() {
    assertThat(Key.of(1L << 40).bits(0)).isNotEqualTo(Key.of(0).bits(0));
    assertThat(Key.of(1).at("a", 1L << 40)).isNotEqualTo(Key.of(1).at("a", 0));
  }

  @Test
  void aNameIsTheFirstEightBytesOfItsHash() {
    // SHA-256("abc") = ba7816bf 8f01cfea ... (FIPS 180-2, appendix B.1).
    assertThat(Key.of(3).at("abc")).isEqualTo(Key.of(3).fold(0xba7816bf8f01cfeaL));
    assertThat(Key.of(3).at("abc", 9)).isEqualTo(Key.of(3).fold(0xba7816bf8f01cfeaL).fold(9));
  }

  @Test
  void doublesLieInTheUnitIntervalWithTheRightMean() {
    // The mean of 1e5 uniforms has a standard error of 9.1e-4; five of them: 6e-7 false alarms.
    double sum = 0;
    for (int i = 0; i < 100_000; i++) {
      double u = Key.of(1).uniform(i);
      assertThat(u >= 0 && u < 1).isTrue();
      sum += u;
    }
    assertThat(sum / 100_000).isCloseTo(0.5, within(5 * 9.1e-4));
  }

  @Test
  void belowReachesEveryNumberEquallyOften() {
    // Chi-square with 6 degrees of freedom exceeds 40 with probability 5e-7.
    int[] count = new int[7];
    for (int i = 0; i < 70_000; i++) {
      count[Key.of(2).below(i, 7)]++;
    }
    double chi = 0;
    for (int c : count) {
      chi += (c - 10_000.0) * (c - 10_000.0) / 10_000;
    }
    assertThat(chi).isLessThan(40);
    assertThat(Key.of(2).below(3, Integer.MAX_VALUE)).isBetween(0, Integer.MAX_VALUE - 1);
  }

  @Test
  void belowRefusesAnEmptyRange() {
    assertThatThrownBy(() -> Key.of(0).below(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }
}
