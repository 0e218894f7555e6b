package org.initlab.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.initlab.device.cuda.Emulator;
import org.initlab.init.Activation;
import org.initlab.init.Law;
import org.junit.jupiter.api.Test;

/** The check of a GPU, small, on the emulator: its numbers are right and its tables whole. */
class GpuCheckTest {

  @Test
  void theTablesNameWhatWasCheckedAndTimed() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    boolean right =
        new GpuCheck(Emulator::device, 64, 1e-4, GpuPeers.of(""))
            .run(new PrintStream(said, true, StandardCharsets.UTF_8));

    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("emulator, sm_90, driver for CUDA 13.0").doesNotContain("| NO |");
    assertThat(right).isTrue();
    assertThat(text).contains("draws of Normal | yes | the same bits |", "GB/s", "trial-steps");
    assertThat(text)
        .containsPattern(
            "an orthogonal matrix of 257 by 100 \\| yes \\| entries within [0-9.e-]+, Q'Q")
        .containsPattern("gradient_moments where the weights lie \\| yes \\| within [0-9.e-]+ \\|")
        .containsPattern("snapshots of 1 of 784-\\[100]x5-10, .* \\| [0-9,]+ a second")
        .containsPattern("2 orthogonal matrices of 20 by 20 \\| [0-9,]+ a second");
    for (Activation activation : Activation.values()) {
      assertThat(text).contains("| " + activation.title() + " and its slope | yes |");
    }
    assertThat(text).contains(new Law.TruncatedNormal(0.5).toString());
  }
}
