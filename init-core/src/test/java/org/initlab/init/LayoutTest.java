package org.initlab.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LayoutTest {

  private static final WeightShape SHAPE = WeightShape.convolution(2, 3, 4L, 5L);

  @Test
  void lengthsAreReadAndWrittenInEachOrder() {
    assertThat(Layout.KERNEL_IN_OUT.shape(4, 5, 2, 3)).isEqualTo(SHAPE);
    assertThat(Layout.OUT_IN_KERNEL.shape(3, 2, 4, 5)).isEqualTo(SHAPE);
    assertThat(Layout.OUT_IN_KERNEL.lengths(SHAPE)).containsExactly(3, 2, 4, 5);
    assertThat(Layout.OUT_IN_KERNEL.shape(50, 100)).isEqualTo(WeightShape.dense(100, 50));
  }

  @Test
  void aTensorOfOneLengthIsRefused() {
    for (Layout layout : Layout.values()) {
      assertThatThrownBy(() -> layout.shape(7))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least 2 lengths")
          .hasMessageContaining("[7]");
    }
  }

  @Test
  void aWeightKeepsItsMeaningAndComesBack() {
    float[] ours = new float[120];
    for (int i = 0; i < 120; i++) {
      ours[i] = i;
    }
    Weights weights = new Weights(SHAPE.lengths(), ours);
    float[] theirs = Layout.OUT_IN_KERNEL.values(SHAPE, weights);
    // Output 2, input 1, position (3, 4).
    assertThat(theirs[((2 * 2 + 1) * 4 + 3) * 5 + 4])
        .isEqualTo(ours[((3 * 5 + 4) * 2 + 1) * 3 + 2]);
    assertThat(Layout.OUT_IN_KERNEL.weights(SHAPE, theirs).values()).isEqualTo(ours);
    assertThat(Layout.KERNEL_IN_OUT.values(SHAPE, weights)).isSameAs(ours);
  }
}
