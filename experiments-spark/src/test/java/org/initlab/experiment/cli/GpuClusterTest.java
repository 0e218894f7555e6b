package org.initlab.experiment.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.initlab.device.cuda.Emulator;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.store.ParquetStore;
import org.initlab.experiment.store.RunFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors of a real standalone cluster that compute on a GPU: Spark's scheduling of GPUs, the
 * script that finds them and InitLab's choice are real; nvidia-smi's answers are recorded and the
 * emulator stands in the driver's place.
 */
@Tag("cluster")
class GpuClusterTest {

  private static final String SMI =
      """
      #!/bin/sh
      case "$*" in
        *index,name,compute_cap*) echo '0, Tesla K40m, 3.5'; echo '1, NVIDIA H100 80GB HBM3, 9.0' ;;
        --query-gpu*)
          echo 'index, name, uuid, driver_version, memory.total [MiB], memory.free [MiB], compute_mode, compute_cap, mig.mode.current'
          echo '0, Tesla K40m, GPU-k40, 570.86.15, 11441, 11400, Default, 3.5, [N/A]'
          echo '1, NVIDIA H100 80GB HBM3, GPU-h100, 570.86.15, 81559, 81000, Default, 9.0, [N/A]' ;;
        *) ;;
      esac
      """;

  private static final String ONE_EACH = "spark.executor.resource.gpu.amount 1";
  private static final String A_TASK = "spark.task.resource.gpu.amount 1";
  private static final String CUDA = "spark.executorEnv.INITLAB_BACKEND cuda";

  @TempDir private static Path folder;

  private static Standalone cluster;
  private static Path study;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    Path machine = Files.createDirectories(folder.resolve("machine"));
    Emulator.installTo(machine);
    Path smi = Files.writeString(machine.resolve("nvidia-smi"), SMI);
    assertThat(smi.toFile().setExecutable(true)).isTrue();
    study = Files.createDirectories(folder.resolve("small"));
    Files.writeString(study.resolve("study.yaml"), text("auto"));
    cluster =
        Standalone.withGpus(
            folder,
            Path.of("../clusters/find-gpus").toRealPath(),
            1,
            Map.of(
                "PATH",
                machine + ":" + System.getenv("PATH"),
                "LD_LIBRARY_PATH",
                machine.toString(),
                "INITLAB_GPU_BACKEND",
                "ptx"));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String text(String engine) {
    return """
        name: small
        question: Does a GPU of a cluster train?
        fixed: {dataset: mnist-6k, width: 16, scheme: glorot_uniform, steps: 10, engine: %s, test_examples: 100, probe_examples: 100}
        axes: {learning_rate: [0.01, 0.05], depth: [1, 2]}
        repeats: 3
        seed: 1
        measure: {metrics: [loss], at: [0, 10]}
        """
        .formatted(engine);
  }

  @Test
  void aGridTrainsOnTheGpuThatSparkGave() throws IOException, InterruptedException {
    Path there = folder.resolve("gpu");
    Child submitted = cluster.submit(study, there, cluster.file(ONE_EACH, A_TASK, CUDA));
    assertThat(submitted.exit()).as(submitted.said()).isZero();
    Path here = folder.resolve("cpu");
    Child run = cluster.initlab("run", study.toString(), "--out", here.toString());
    assertThat(run.exit()).as(run.said()).isZero();

    ParquetStore found = store(there);
    ParquetStore expected = store(here);
    List<ResultStore.Row> rows = found.rows();
    assertThat(rows).hasSize(12);
    for (ResultStore.Row row : rows) {
      assertThat(row.outcome()).isEqualTo("completed");
      List<Measurement> a = found.measurements(row.id());
      List<Measurement> b = expected.measurements(row.id());
      assertThat(a).hasSameSizeAs(b).isNotEmpty();
      for (int i = 0; i < a.size(); i++) {
        assertThat(a.get(i).value())
            .isCloseTo(b.get(i).value(), within(1e-5 * Math.abs(b.get(i).value())));
      }
    }
    Map<String, String> facts = Provenances.latest(RunFolder.of(RunTables.only(there)));
    assertThat(facts).containsKey("engine fused-cuda").doesNotContainKey("engine fused");
    assertThat(facts.get("executor 0 on 127.0.0.1"))
        .contains(
            "Computing on GPU 1, NVIDIA H100 80GB HBM3 sm_90: nd4j-cuda 11.6 has no code for it;"
                + " using InitLab's own kernels.",
            "GPU code ptx",
            "GPU GPU-h100");
  }

  @Test
  void aDoctorComparesTheGpuWithTheCpu() throws IOException, InterruptedException {
    Child doctor =
        cluster.initlab("doctor", "--cluster", cluster.file(ONE_EACH, A_TASK, CUDA).toString());

    assertThat(doctor.exit()).as(doctor.said()).isZero();
    assertThat(doctor.said())
        .containsPattern("GOOD +executor 0 on .*GPU GPU-h100.*backend Computing on GPU 1, NVIDIA")
        .containsPattern("fused-cuda losses within [0-9.]+e-[0-9]+ of the CPU's");
  }

  @Test
  void aGpuThatIsDemandedAndHiddenEndsWith4AndItsReason() throws IOException, InterruptedException {
    Path out = folder.resolve("none");
    String hidden = "spark.executorEnv.CUDA_VISIBLE_DEVICES -1";
    Child submitted = cluster.submit(study, out, cluster.file(CUDA, hidden));

    assertThat(submitted.exit()).as(submitted.said()).isEqualTo(4);
    assertThat(submitted.said())
        .contains(
            "these executors cannot run trials",
            "executor 0 on 127.0.0.1: INITLAB_BACKEND=cuda, but no GPU can be used:"
                + " CUDA_VISIBLE_DEVICES is '-1', which shows none of the 2 GPUs here");
  }

  /** The machine that submits has no GPU; whether the cluster has one is seen there. */
  @Test
  void aStudyThatNamesTheEngineIsRefusedWhereExecutorsHaveNoGpu()
      throws IOException, InterruptedException {
    Path named = Files.createDirectories(folder.resolve("named"));
    Files.writeString(named.resolve("study.yaml"), text("fused-cuda"));
    Path out = folder.resolve("refused");
    String auto = "spark.executorEnv.INITLAB_BACKEND auto";
    String hidden = "spark.executorEnv.CUDA_VISIBLE_DEVICES -1";
    Child submitted = cluster.submit(named, out, cluster.file(auto, hidden));

    assertThat(submitted.exit()).as(submitted.said()).isEqualTo(4);
    assertThat(submitted.said())
        .contains("these executors cannot run the study: engine fused-cuda needs a GPU");
    Child asked = cluster.submit(named, out, cluster.file());
    assertThat(asked.exit()).as(asked.said()).isEqualTo(1);
    assertThat(asked.said()).contains("engine fused-cuda needs a GPU, and none was chosen");
  }

  private static ParquetStore store(Path out) throws IOException {
    return RunFolder.of(RunTables.only(out)).store();
  }
}
