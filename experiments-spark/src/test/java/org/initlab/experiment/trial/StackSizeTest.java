package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StackSizeTest {

  private static Setup setup(String width) throws Exception {
    return Setup.of(
        Trials.of(List.of(), List.of(), "depth", "5", "width", width),
        Datasets.MNIST_6K.load(Optional.empty()));
  }

  @Test
  void aCpuTakesWhatACacheHoldsAndOneAtLeast() throws Exception {
    assertThat(StackSize.onCpu(setup("10"))).isEqualTo(32);
    assertThat(StackSize.onCpu(setup("100"))).isEqualTo(7);
    assertThat(StackSize.onCpu(setup("1000"))).isEqualTo(1);
  }

  @Test
  void aGpuTakesWhatItsMemoryHolds() throws Exception {
    assertThat(StackSize.onGpu(setup("32"), 1L << 40)).isEqualTo(2048);
    assertThat(StackSize.onGpu(setup("1000"), 8L << 30)).isBetween(32, 64);
    assertThat(StackSize.onGpu(setup("1000"), 1)).isEqualTo(1);
  }
}
