package org.initlab.experiment.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A block gives back what was put, wherever its rows are. */
class BlockTest {

  private static float[] counted(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = i + 1;
    }
    return values;
  }

  @ParameterizedTest(name = "rows of {0} start every {1}")
  @CsvSource({"16, 16", "100, 112", "300, 304", "1000, 1008", "99, 99", "10, 10", "1, 1", "15, 16"})
  void rowsAreSpreadToCacheLinesWhereThatIsCheap(int columns, int stride) {
    float[] values = counted(5 * columns);
    try (Block block = Block.ofRows(values, columns)) {
      assertThat(block.stride()).isEqualTo(stride);
      assertThat(block.size()).isEqualTo(values.length);
      float[] whole = new float[values.length];
      block.get(whole, whole.length);
      assertThat(whole).isEqualTo(values);
      for (int row = 0; row < 5; row++) {
        assertThat(block.at(row * columns).address() - block.at(0).address())
            .isEqualTo(4L * row * stride);
      }
    }
  }

  @Test
  void partsMayBeginAndEndAmidRows() {
    float[] values = counted(300);
    try (Block block = Block.ofRows(values, 100)) {
      float[] part = new float[250];
      block.get(70, part, 20, 160);
      for (int i = 0; i < part.length; i++) {
        assertThat(part[i]).isEqualTo(i >= 20 && i < 180 ? i + 51 : 0);
      }
      block.put(95, new float[] {-9, -1, -2, -3, -4, -5, -6, -7}, 1, 7);
      block.get(part, 110);
      assertThat(part).startsWith(counted(95)).contains(-1, -7).doesNotContain(-9);
      assertThat(part[94]).isEqualTo(95);
      assertThat(part[95]).isEqualTo(-1);
      assertThat(part[101]).isEqualTo(-7);
      assertThat(part[102]).isEqualTo(103);
      assertThatThrownBy(() -> block.get(250, part, 0, 51))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("301 of 300 floats");
    }
    assertThatThrownBy(() -> Block.ofRows(values, 7)).hasMessage("300 floats in rows of 7");
    try (Block none = new Block(0)) {
      none.put(values, 0);
      assertThat(none.size()).isZero();
    }
  }
}
