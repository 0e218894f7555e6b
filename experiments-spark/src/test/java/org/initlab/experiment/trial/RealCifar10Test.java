package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The real files, where the environment variable INITLAB_CIFAR10 names their folder. */
@EnabledIfEnvironmentVariable(
    named = "INITLAB_CIFAR10",
    matches = ".+",
    disabledReason = "INITLAB_CIFAR10 does not name the folder with the six real CIFAR-10 files")
class RealCifar10Test {

  @Test
  void theRealFilesAreCifar10() throws IOException {
    Path folder = Path.of(System.getenv("INITLAB_CIFAR10"));
    Dataset cifar = Datasets.CIFAR_10.load(Optional.of(folder));

    assertThat(cifar.trainingExamples()).isEqualTo(Datasets.CIFAR_10.trainingExamples());
    assertThat(cifar.heldOutExamples()).isEqualTo(10_000);
    int[] counts = new int[10];
    float[] x = new float[3072];
    for (long i = 0; i < 50_000; i++) {
      counts[cifar.training(Key.of(1)).write(i, x, 0)]++;
    }
    assertThat(counts).containsOnly(5000);
  }
}
