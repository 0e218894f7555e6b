package org.initlab.init.named;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import org.initlab.init.Initializer;
import org.initlab.init.Site;
import org.initlab.init.draw.Framework;
import org.initlab.init.draw.Recipe;
import org.initlab.init.draw.Replica;
import org.initlab.init.random.Key;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much memory the rows take whose weights do not depend on one another. */
class MemoryTest {

  private static final int SIDE = 2048;
  private static final long RESULT = 4L * SIDE * SIDE;
  private static final long MEBIBYTE = 1 << 20;

  static Stream<Row> elementWise() {
    return Stream.concat(
        RowContractTest.lawful(),
        Named.rows().stream()
            .filter(
                row ->
                    RowContractTest.initializer(row) instanceof Replica replica
                        && !(replica.recipe() instanceof Recipe.Orthonormal)));
  }

  /**
   * The result and 1 MiB of buffers, however large the tensor. PyTorch's order of axes is another:
   * there, the tensor as PyTorch has it is needed too.
   */
  @ParameterizedTest
  @MethodSource("elementWise")
  void aDrawTakesItsResultAndAFewBuffers(Row row) {
    Initializer initializer = RowContractTest.initializer(row);
    boolean turned =
        initializer instanceof Replica replica && replica.framework() == Framework.TORCH;
    Site site = Site.dense(SIDE, SIDE);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    initializer.draw(Site.dense(2, 2), Key.of(1));

    long before = threads.getCurrentThreadAllocatedBytes();
    float[] values = initializer.draw(site, Key.of(1)).values();
    long taken = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(values).hasSize(SIDE * SIDE);
    assertThat(Arrays.equals(values, new float[values.length])).isFalse();
    assertThat(taken - RESULT)
        .as("beside the result")
        .isBetween(0L, (turned ? RESULT : 0) + MEBIBYTE);
  }
}
