package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.initlab.experiment.Trial;
import org.junit.jupiter.api.Test;

/** An executor runs trials for days: none may leave memory behind outside the heap. */
class HeldMemoryTest {

  private static final List<String> ARCHITECTURES =
      List.of("mlp", "gated_residual_mlp", "cnn", "gated_residual_cnn");

  private static final List<String> OPTIMIZERS = List.of("sgd", "adam");

  @Test
  void trialsLeaveNothingOutsideTheHeap() throws InterruptedException {
    run(0, 16);
    long before = settled();
    run(16, 300);
    // At once, before a collector could free what nobody closed.
    assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
  }

  private static void run(int from, int to) {
    for (int i = from; i < to; i++) {
      Trial trial =
          Trials.of(
              List.of("loss", "gradient_moments"),
              List.of(0L, 2L),
              "architecture",
              ARCHITECTURES.get(i % ARCHITECTURES.size()),
              "optimizer",
              OPTIMIZERS.get(i / ARCHITECTURES.size() % OPTIMIZERS.size()),
              "calibrator",
              i % 5 == 0 ? "lsuv(examples=5)" : "none",
              "width",
              "3",
              "batch",
              "4",
              "steps",
              "2",
              "test_examples",
              "10",
              "probe_examples",
              "10",
              "precision",
              i % 3 == 0 ? "float64" : "float32");
      assertThat(Trials.run(trial).measurements()).isNotEmpty();
    }
  }

  /** Bytes that JavaCPP's pointers hold when other tests' garbage is gone. */
  private static long settled() throws InterruptedException {
    long held = Pointer.totalBytes();
    for (int calm = 0; calm < 3; calm++) {
      System.gc();
      Thread.sleep(200);
      if (Pointer.totalBytes() != held) {
        held = Pointer.totalBytes();
        calm = 0;
      }
    }
    return held;
  }
}
