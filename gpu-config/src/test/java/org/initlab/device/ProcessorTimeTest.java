package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {

  @Test
  void itGrowsWithWork() {
    ProcessorTime time = new ProcessorTime();
    long start = time.nanos();
    double sum = 0;
    for (int i = 1; i < 20_000_000; i++) {
      sum += 1.0 / i;
    }
    assertThat(sum).isPositive();
    assertThat(start).isPositive();
    assertThat(time.nanos()).isGreaterThan(start);
  }
}
