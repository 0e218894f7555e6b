package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, since it looks at PATH and at Jupyter's folders. */
class NotebookCommandTest {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;

  private final Map<String, String> also = new HashMap<>();
  private Path output;

  @BeforeEach
  void quiet() {
    output = folder.resolve("said.txt");
  }

  private int run(String home, String path, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dinitlab.home=" + home);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.add("notebook");
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PATH", path);
    builder.environment().put("JUPYTER_DATA_DIR", folder.resolve("data").toString());
    builder.environment().remove("JUPYTER_PATH");
    builder.environment().putAll(also);
    builder.environment().values().removeIf(String::isEmpty);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String said() throws IOException {
    return Files.readString(output);
  }

  @Test
  void withoutJupyterItSaysHowToGetIt() throws IOException, InterruptedException {
    assertThat(run(HOME.toString(), folder.toString())).isEqualTo(Exit.ENVIRONMENT);
    assertThat(said())
        .contains("there is no Jupyter")
        .contains("apt install jupyter-notebook")
        .contains("pip install jupyterlab")
        .contains("conda install -c conda-forge jupyterlab");
  }

  @Test
  void theKernelIsInstalledAndRemoved() throws IOException, InterruptedException {
    Path kernel = folder.resolve("data/kernels/initlab/kernel.json");
    assertThat(run(HOME.toString(), "", "--install-kernel")).isZero();
    JsonNode file = new ObjectMapper().readTree(kernel.toFile());
    assertThat(file.get("display_name").asText()).isEqualTo("InitLab (Java)");
    assertThat(Path.of(file.at("/argv/0").asText()))
        .isEqualTo(HOME.resolve("initlab"))
        .isExecutable();
    assertThat(file.at("/argv/1").asText()).isEqualTo("kernel");
    assertThat(file.get("interrupt_mode").asText()).isEqualTo("signal");

    assertThat(run(HOME.toString(), "", "--uninstall-kernel")).isZero();
    assertThat(kernel.getParent()).doesNotExist();
    assertThat(run(HOME.toString(), "", "--uninstall-kernel")).isZero();
    assertThat(said()).contains("It is not installed");
  }

  /** Where Jupyter looks, and VS Code: in the home that the environment tells, not the account. */
  @Test
  @DisabledOnOs(OS.MAC)
  void theKernelGoesWhereJupyterLooks() throws IOException, InterruptedException {
    also.putAll(Map.of("JUPYTER_DATA_DIR", "", "XDG_DATA_HOME", "", "HOME", folder.toString()));
    assertThat(run(HOME.toString(), "", "--install-kernel")).isZero();
    assertThat(folder.resolve(".local/share/jupyter/kernels/initlab/kernel.json")).exists();
    also.put("XDG_DATA_HOME", folder.resolve("xdg").toString());
    assertThat(run(HOME.toString(), "", "--install-kernel")).isZero();
    assertThat(folder.resolve("xdg/jupyter/kernels/initlab/kernel.json")).exists();
  }

  @Test
  void jupyterLabIsTakenBeforeNotebook() throws IOException, InterruptedException {
    for (String name : List.of("jupyter-notebook", "jupyter-lab")) {
      Path program = folder.resolve(name);
      Files.writeString(program, "#!/bin/sh\necho " + name + "\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
      assertThat(run(HOME.toString(), folder.toString())).isZero();
      assertThat(said().strip()).isEqualTo(name);
    }
  }

  /** Jupyter's part is taken by a script that tells what it was given. */
  @Test
  void jupyterIsStartedOnTheLessonsAndFindsTheKernel() throws IOException, InterruptedException {
    Path program = folder.resolve("jupyter-notebook");
    Files.writeString(program, "#!/bin/sh\necho \"$JUPYTER_PATH\" \"$@\"\nexit 0\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(run(HOME.toString(), folder.toString(), "--", "--no-browser")).isZero();
    Path lessons = HOME.resolve("notebooks");
    assertThat(said().strip()).isEqualTo(lessons.resolve("jupyter") + " --no-browser " + lessons);
    assertThat(lessons.resolve("jupyter/kernels/initlab/kernel.json")).exists();
  }

  @Test
  void bothAtOnceAndAForeignHomeAreRefused() throws IOException, InterruptedException {
    assertThat(run(HOME.toString(), "", "--install-kernel", "--uninstall-kernel"))
        .isEqualTo(Exit.USAGE);
    assertThat(run(folder.toString(), "", "--install-kernel")).isEqualTo(Exit.ENVIRONMENT);
    assertThat(said()).contains("./initlab notebook");
  }
}
