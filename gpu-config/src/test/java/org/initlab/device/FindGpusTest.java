package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that tells Spark which GPUs there are, on answers in the form of nvidia-smi's. */
@DisabledOnOs(OS.WINDOWS)
class FindGpusTest {

  private static final Path SCRIPT = Path.of("../clusters/find-gpus").toAbsolutePath().normalize();

  /** A machine of mixed generations, as the query that the script makes is answered. */
  private static final String MIXED =
      """
      0, Tesla K40m, 3.5
      1, Tesla T4, 7.5
      2, NVIDIA A100-SXM4-80GB, 8.0
      3, NVIDIA H100 80GB HBM3, 9.0
      """;

  @TempDir private Path folder;

  @Test
  void everyGpuIsNamedUnlessABackendIs() throws Exception {
    assertThat(run(MIXED, 0, Map.of()))
        .isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\", \"2\", \"3\"]}\n");
  }

  @Test
  void aBackendLeavesOutWhatItHasNoMachineCodeFor() throws Exception {
    assertThat(run(MIXED, 0, Map.of("INITLAB_GPU_BACKEND", "nd4j"))).contains("[\"1\", \"2\"]");
    assertThat(said()).contains("GPU 0 (Tesla K40m)", "does not run on compute capability 9.0");
    assertThat(run(MIXED, 0, Map.of("INITLAB_GPU_BACKEND", "ptx"))).contains("[\"2\", \"3\"]");
  }

  @Test
  void noMoreAreNamedThanIsAsked() throws Exception {
    assertThat(run(MIXED, 0, Map.of("INITLAB_GPUS", "2"))).contains("[\"0\", \"1\"]");
    assertThat(run(MIXED, 0, Map.of("CUDA_VISIBLE_DEVICES", "1,3"))).contains("[\"1\", \"3\"]");
    assertThat(run(MIXED, 0, Map.of("CUDA_VISIBLE_DEVICES", ""))).contains("[]");
  }

  @Test
  void aDriverThatDoesNotAnswerIsNoGpuAndSaysWhy() throws Exception {
    String failed =
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n";
    assertThat(run(failed, 9, Map.of())).isEqualTo("{\"name\": \"gpu\", \"addresses\": []}\n");
    assertThat(said()).contains("couldn't communicate");

    // A driver that is too old to tell the capability.
    assertThat(run("Field \"compute_cap\" is not a valid field to query.\n", 2, Map.of()))
        .contains("[]");
    assertThat(run("0, NVIDIA GeForce, [N/A]\n", 0, Map.of())).contains("[]");
    assertThat(run("No devices were found\n", 0, Map.of())).contains("[]");
  }

  @Test
  void anUnknownBackendIsRefused() throws Exception {
    assertThat(run(MIXED, 0, Map.of("INITLAB_GPU_BACKEND", "cudnn"))).isEmpty();
    assertThat(said()).contains("Allowed: nd4j, ptx, any.");
  }

  /** What the script prints where nvidia-smi answers so. */
  private String run(String answer, int exit, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("answer"), answer);
    Path program = bin.resolve("nvidia-smi");
    Files.writeString(
        program,
        "#!/bin/sh\n[ \"$1\" = --query-gpu=index,name,compute_cap ] || exit 64\ncat '"
            + folder.resolve("answer")
            + "'\nexit "
            + exit
            + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString());
    builder.environment().keySet().removeIf(name -> name.matches("CUDA_VISIBLE.*|INITLAB_.*"));
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    process.waitFor();
    return Files.readString(folder.resolve("out"));
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}
