package org.initlab.experiment.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubnormalsTest {

  private static final float LEAST_NORMAL = Float.MIN_NORMAL;
  private static final float MOST_SUBNORMAL = Math.nextDown(LEAST_NORMAL);

  @Test
  void onlyTheyAreCountedAndFlushed() {
    float[] numbers = {
      Float.MIN_VALUE, -MOST_SUBNORMAL, LEAST_NORMAL, -LEAST_NORMAL, 0, 1, Float.NaN, -1 / 0f
    };
    assertThat(Subnormals.count(numbers)).isEqualTo(2);
    Subnormals.flush(numbers);
    assertThat(numbers)
        .containsExactly(0, 0, LEAST_NORMAL, -LEAST_NORMAL, 0, 1, Float.NaN, -1 / 0f);
    assertThat(Subnormals.count(numbers)).isZero();
  }
}
