package org.initlab.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  private static final Workload SMALL = Workload.dense(100, 5, 10, "tanh", "sgd");

  private static final Floors FLOORS =
      new Floors(
          100e9,
          List.of(
              new Floors.Level("L2", 1 << 20, 1, 200e9),
              new Floors.Level("L3", 1 << 25, 1, 50e9),
              new Floors.Level("DRAM", Long.MAX_VALUE, 1, 20e9)));

  @Test
  void theArithmeticIsThatOfTheProducts() {
    assertThat(SMALL.title()).isEqualTo("5x100");
    assertThat(SMALL.weights()).isEqualTo(784 * 100 + 4 * 100 * 100 + 100 * 10);
    assertThat(SMALL.flops()).isEqualTo(20 * (2 * 119_400 + 41_000));
    assertThat(SMALL.bytes()).isEqualTo(12 * 119_400);
  }

  @Test
  void aConvolutionsKernelIsUsedAtEachPlace() {
    Workload cnn = new Workload("cnn", 8, 4, 32, "relu", "sgd");
    assertThat(cnn.title()).isEqualTo("cnn 4x8");
    assertThat(cnn.network())
        .isEqualTo(
            "28x28x1-cnn of depth 4-10, kernel 3, padding same, halvings 2, downsampling max_pool,"
                + " growth 2, head flatten");
    assertThat(cnn.weights()).isEqualTo(9 * (8 + 8 * 8 + 8 * 16 + 16 * 16) + 49 * 16 * 10);
    double first = 784 * 9 * 8;
    double rest = 784 * 9 * 64 + 196 * 9 * (8 * 16 + 16 * 16) + 49 * 16 * 10;
    assertThat(cnn.flops()).isEqualTo(32 * (4 * first + 6 * rest));
    assertThat(new Workload("residual-mlp", 8, 4, 32, "relu", "sgd").title())
        .isEqualTo("residual_mlp 4x8");
  }

  @Test
  void theFloorsAreThoseOfTheMemoryThatHoldsTheWeights() {
    assertThat(FLOORS.arithmetic(SMALL)).isCloseTo(55.96, within(1e-9));
    assertThat(FLOORS.level(SMALL).name()).isEqualTo("L2");
    assertThat(FLOORS.traffic(SMALL)).isCloseTo(7.164, within(1e-9));
    assertThat(FLOORS.level(Workload.dense(1000, 5, 10, "tanh", "sgd")).name()).isEqualTo("L3");
    assertThat(FLOORS.level(Workload.dense(3000, 5, 10, "tanh", "sgd")).name()).isEqualTo("DRAM");
  }

  @Test
  void namesAreMadeCanonical() {
    assertThat(Workload.dense(32, 5, 10, "hard-tanh", "sgd").activation()).isEqualTo("hard_tanh");
  }

  @Test
  void whatIsNotPossibleIsSaid() {
    assertThatThrownBy(() -> Workload.dense(0, 5, 10, "tanh", "sgd"))
        .hasMessage("width 0 is not possible. Allowed: 1 to 100,000.");
    assertThatThrownBy(() -> Workload.dense(32, 0, 10, "tanh", "sgd"))
        .hasMessageContaining("depth");
    assertThatThrownBy(() -> Workload.dense(32, 5, -1, "tanh", "sgd"))
        .hasMessageContaining("batch");
    assertThatThrownBy(() -> Workload.dense(32, 5, 10, "tahn", "sgd"))
        .hasMessageContaining("Maybe tanh.");
    assertThatThrownBy(() -> new Workload("cn", 8, 4, 32, "relu", "sgd"))
        .hasMessageContaining("There is no architecture cn. Maybe cnn.");
    assertThatThrownBy(() -> new Workload("cnn", 8, 1, 32, "relu", "sgd"))
        .hasMessageContaining("halvings 2 of a cnn of depth 1");
    assertThatThrownBy(() -> Workload.dense(32, 5, 10, "tanh", "sdg"))
        .hasMessageContaining("Maybe sgd.");
    assertThatThrownBy(() -> Workload.dense(50_000, 5, 10, "tanh", "sgd"))
        .hasMessageContaining("Take a smaller width.");
  }
}
