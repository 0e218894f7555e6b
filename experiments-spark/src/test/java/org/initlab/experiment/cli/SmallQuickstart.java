package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.TrialId;

/**
 * The quickstart with fewer trials and updates, and what one process makes of it.
 *
 * @param out the folder with its run
 * @param trials all that is stored of each of its 16 trials
 */
record SmallQuickstart(Path study, Path out, Map<TrialId, List<Object>> trials) {

  /** Starts a command of InitLab. */
  @FunctionalInterface
  interface CommandLine {
    Child start(String... arguments) throws IOException;
  }

  static SmallQuickstart run(Path folder, CommandLine initlab)
      throws IOException, InterruptedException {
    String text =
        Files.readString(Path.of("../studies/quickstart/study.yaml"))
            .replace("repeats: 3", "repeats: 1")
            .replace("steps: 100", "steps: 30")
            .replace("depth: [2, 4, 8]", "depth: [2, 8]")
            .replace("at: [0, 10, 30, 100]", "at: [0, 10, 30]");
    Path study = Files.createDirectories(folder.resolve("quickstart"));
    Files.writeString(study.resolve("study.yaml"), text);
    Path out = folder.resolve("here");
    Child local =
        initlab.start("run", study.toString(), "--out", out.toString(), "--master", "local[2]");
    assertThat(local.exit()).as(local.said()).isZero();
    return new SmallQuickstart(study, out, RunTables.of(out));
  }
}
