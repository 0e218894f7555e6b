package org.initlab.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FansTest {

  @Test
  void denseFansAreItsUnits() {
    assertThat(WeightShape.dense(100, 50).fans()).isEqualTo(new Fans(100, 50));
    assertThat(WeightShape.dense(100, 50).lengths()).containsExactly(100, 50);
  }

  @Test
  void aConvolutionCountsItsReceptiveField() {
    WeightShape shape = WeightShape.convolution(3, 32, 3L, 3L);
    assertThat(shape.fans()).isEqualTo(new Fans(27, 288));
    assertThat(shape.lengths()).containsExactly(3, 3, 3, 32);
    assertThat(shape.size()).isEqualTo(864);
    assertThat(WeightShape.convolution(16, 8, 5L).fans()).isEqualTo(new Fans(80, 40));
  }

  @Test
  void eachFanPicksItsNumber() {
    Fans fans = new Fans(27, 288);
    assertThat(Fan.IN.of(fans)).isEqualTo(27);
    assertThat(Fan.OUT.of(fans)).isEqualTo(288);
    assertThat(Fan.MEAN.of(fans)).isEqualTo(157.5);
    assertThat(Fan.GEOMETRIC.of(fans)).isCloseTo(88.18163074, within(1e-8));
  }

  @Test
  void negativeShapesAndFansAreRefused() {
    assertThat(WeightShape.dense(0, 5).size()).isZero();
    assertThatThrownBy(() -> WeightShape.dense(-1, 5)).hasMessageContaining("in of at least 0");
    assertThatThrownBy(() -> WeightShape.dense(5, -1)).hasMessageContaining("out of at least 0");
    assertThatThrownBy(() -> WeightShape.convolution(1, 1, 3L, 0L))
        .hasMessageContaining("kernel of at least 1, not 0");
    assertThatThrownBy(() -> new Fans(-1, 1)).hasMessageContaining("at least 0, not in=-1.0");
    assertThatThrownBy(() -> new Fans(1, Double.NaN)).hasMessageContaining("out=NaN");
  }

  @Test
  void aNumberOfWeightsBeyond64BitsIsRefused() {
    assertThatThrownBy(() -> WeightShape.convolution(1L << 40, 1L << 20, 8L))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fewer than 2^63 weights");
  }

  @Test
  void aTensorTooLargeForAnArrayIsRefused() {
    assertThatThrownBy(() -> Weights.zeros(WeightShape.dense(1 << 20, 1 << 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 2147483639 weights, which one Java array takes");
  }
}
