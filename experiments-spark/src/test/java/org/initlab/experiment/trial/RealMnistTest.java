package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The real files, where the environment variable INITLAB_MNIST names their folder. */
@EnabledIfEnvironmentVariable(
    named = "INITLAB_MNIST",
    matches = ".+",
    disabledReason = "INITLAB_MNIST does not name the folder with the four real MNIST files")
class RealMnistTest {

  @Test
  void theRealFilesAreMnist() throws IOException {
    Path folder = Path.of(System.getenv("INITLAB_MNIST"));
    Dataset mnist = Datasets.MNIST.load(Optional.of(folder));

    assertThat(mnist.fingerprint())
        .isEqualTo("06b0d1f124c4e5fa796686ade41a9b778edacc8622f2195a352ef479ad44fc16");
    assertThat(mnist.trainingExamples()).isEqualTo(Datasets.MNIST.trainingExamples());
    int[] counts = new int[10];
    float[] x = new float[784];
    for (long i = 0; i < 60_000; i++) {
      counts[mnist.training(Key.of(1)).write(i, x, 0)]++;
    }
    // One epoch is every image once: the class counts of the published training set.
    assertThat(counts).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
  }
}
