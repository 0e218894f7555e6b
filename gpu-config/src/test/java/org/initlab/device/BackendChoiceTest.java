package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.initlab.device.Doctor.Finding;
import org.initlab.device.Doctor.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The decision as the launcher and the doctor see it. */
class BackendChoiceTest {

  @TempDir private Path folder;

  @Test
  void theProcessSeesOneGpu() {
    GpuSurvey survey =
        RecordedGpus.survey(RecordedGpus.K40, RecordedGpus.A100.replaceFirst("^0", "1"));

    assertThat(BackendChoice.variables(decide(Backend.Wish.AUTO, survey)))
        .isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "GPU-a100", "INITLAB_GPU_CODE", "nd4j,ptx"));
    assertThat(BackendChoice.variables(decide(Backend.Wish.CPU, survey))).isEmpty();
  }

  @Test
  void theDoctorHasALineAGpu() {
    GpuSurvey survey =
        RecordedGpus.survey(RecordedGpus.H100, RecordedGpus.T4.replaceFirst("^0", "1"));

    assertThat(Doctor.gpus(decide(Backend.Wish.CPU, survey)))
        .extracting(Finding::subject)
        .containsExactly("GPU 0", "GPU 1", "backend");
    assertThat(Doctor.gpus(decide(Backend.Wish.CUDA, GpuSurvey.none("none"))))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.GOOD, Verdict.BROKEN);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDemandWithoutAGpuEndsWith4AndAnOptionDoesNot() throws Exception {
    nvidiaSmi("echo No devices were found; exit 6");

    assertThat(run("cuda")).isEqualTo(4);
    assertThat(said())
        .contains("no GPU can be used: nvidia-smi says: No devices were found", "auto for the CPU");
    assertThat(run("auto")).isZero();
    assertThat(said()).contains("Computing on the CPU: nvidia-smi says: No devices were found.");
    assertThat(run("gpu")).isEqualTo(4);
    assertThat(said()).contains("Allowed: cpu, cuda, auto.");
  }

  private static Backend decide(Backend.Wish wish, GpuSurvey survey) {
    return Backend.decide(
        wish, survey, Optional.empty(), EnumSet.allOf(GpuCode.class), file -> true);
  }

  private void nvidiaSmi(String script) throws IOException {
    Path program = folder.resolve("nvidia-smi");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /** A JVM of its own, as the launcher starts one. */
  private int run(String wish) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BackendChoice.class.getName()));
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put(Backend.VARIABLE, wish);
    return builder
        .redirectError(folder.resolve("err").toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .start()
        .waitFor();
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
  }
}
