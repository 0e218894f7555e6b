package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CUDA_VISIBLE_DEVICES means what it means to CUDA. */
class VisibleDevicesTest {

  private static final GpuSurvey THREE =
      RecordedGpus.survey(
          RecordedGpus.T4,
          RecordedGpus.V100.replaceFirst("^0", "1"),
          RecordedGpus.A100_MIG.replaceFirst("^0", "2"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      nullValues = "unset",
      value = {
        "unset             | GPU-t4 GPU-v100 MIG-11111111-a75d",
        "''                | ''",
        "-1                | ''",
        "1,0               | GPU-v100 GPU-t4",
        "1,-1,0            | GPU-v100",
        "0,7,1             | GPU-t4",
        "'0, 1'            | GPU-t4 GPU-v100",
        "0,0               | GPU-t4",
        "GPU-v             | GPU-v100",
        "GPU-              | ''",
        "GPU-nobody,0      | ''",
        "MIG-2222          | MIG-22222222-05e2",
        "MIG-              | ''",
        "2                 | MIG-11111111-a75d",
        "all               | ''",
      })
  void theVariableNamesTheDevices(String variable, String expected) {
    assertThat(
            String.join(
                " ",
                VisibleDevices.of(THREE, Optional.ofNullable(variable)).stream()
                    .map(VisibleDevices.Shown::uuid)
                    .toList()))
        .isEqualTo(expected);
  }
}
