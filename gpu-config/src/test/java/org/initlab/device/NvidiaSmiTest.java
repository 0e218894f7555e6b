package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nvidia-smi says is read, whatever it says. */
class NvidiaSmiTest {

  @Test
  void aRowIsAGpu() {
    GpuSurvey survey = RecordedGpus.survey(RecordedGpus.H100);

    assertThat(survey.trouble()).isEmpty();
    assertThat(survey.gpus())
        .containsExactly(
            new Gpu(
                0,
                "NVIDIA H100 80GB HBM3",
                "GPU-h100",
                ComputeCapability.parse("9.0"),
                "570.86.15",
                OptionalLong.of(81559),
                OptionalLong.of(81000),
                Gpu.Mode.SHARED,
                false));
  }

  @Test
  void fieldsThatADriverDoesNotKnowAreLeftOut() {
    List<String> asked = new ArrayList<>();
    GpuSurvey survey =
        new NvidiaSmi(
                arguments -> {
                  asked.add(arguments.get(0));
                  for (String field : List.of("compute_cap", "mig.mode.current")) {
                    if (arguments.get(0).contains(field)) {
                      return new NvidiaSmi.Answer(
                          2, "Field \"" + field + "\" is not a valid field to query.\n");
                    }
                  }
                  return new NvidiaSmi.Answer(
                      0,
                      "index, name, uuid, driver_version, memory.total [MiB], memory.free [MiB],"
                          + " compute_mode\n"
                          + "0, GeForce GTX 1080, GPU-1, 418.39, 8119, 8000, Default\n");
                })
            .survey();

    assertThat(asked).hasSize(3);
    assertThat(survey.gpus()).hasSize(1);
    assertThat(survey.gpus().get(0).capability()).isEmpty();
    assertThat(survey.gpus().get(0).slicing()).isFalse();
  }

  @Test
  void whatIsNotToldIsEmpty() {
    GpuSurvey survey =
        RecordedGpus.survey(
            "0, Quadro K600, GPU-k600, 470.1, [Not Supported], [N/A], [Not Supported], [N/A],"
                + " [N/A]\n");

    Gpu gpu = survey.gpus().get(0);
    assertThat(gpu.totalMiB()).isEmpty();
    assertThat(gpu.freeMiB()).isEmpty();
    assertThat(gpu.capability()).isEmpty();
    assertThat(gpu.mode()).isEqualTo(Gpu.Mode.SHARED);
  }

  @Test
  void aLostGpuTakesNoOtherWithIt() {
    GpuSurvey survey =
        RecordedGpus.survey(
            RecordedGpus.T4,
            "Unable to determine the device handle for GPU 0000:3B:00.0: GPU is lost.  Reboot the"
                + " system to recover this GPU\n");

    assertThat(survey.gpus()).hasSize(1);
    assertThat(survey.trouble()).singleElement().asString().contains("GPU is lost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No devices were found\n",
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure"
            + " that the latest NVIDIA driver is installed and running.\n",
        "Failed to initialize NVML: Driver/library version mismatch\nNVML library version:"
            + " 550.54\n",
        "no answer in 20 s"
      })
  void aDriverThatDoesNotAnswerIsNoGpuAndSaysWhy(String said) {
    GpuSurvey survey = RecordedGpus.answering(Map.of("--query-gpu", said));

    assertThat(survey.gpus()).isEmpty();
    assertThat(survey.trouble())
        .containsExactly("nvidia-smi says: " + said.strip().replace("\n", " "));
  }

  @Test
  void silenceAndAMissingProgramAreToldApart() {
    assertThat(new NvidiaSmi(a -> new NvidiaSmi.Answer(12, "")).survey().trouble())
        .containsExactly("nvidia-smi ends with 12 and says nothing");
    assertThat(new NvidiaSmi(a -> new NvidiaSmi.Answer(0, RecordedGpus.HEADER)).survey().trouble())
        .containsExactly("nvidia-smi names no GPU");
    assertThat(
            new NvidiaSmi(
                    a -> {
                      throw new IOException("error=2, No such file or directory");
                    })
                .survey()
                .trouble())
        .containsExactly("there is no nvidia-smi here, so no driver of NVIDIA");
  }

  @Test
  void theInstancesOfACutGpuAreNamed() {
    assertThat(RecordedGpus.survey(RecordedGpus.A100_MIG).slices())
        .isEqualTo(Map.of("GPU-a100", List.of("MIG-11111111-a75d", "MIG-22222222-05e2")));
    assertThat(RecordedGpus.survey(RecordedGpus.A100).slices()).isEmpty();
  }

  @Test
  void thisMachineIsSurveyedWithoutFailing() {
    GpuSurvey survey = NvidiaSmi.here(Duration.ofSeconds(20));

    assertThat(survey.gpus().isEmpty()).isEqualTo(!survey.trouble().isEmpty());
  }
}
