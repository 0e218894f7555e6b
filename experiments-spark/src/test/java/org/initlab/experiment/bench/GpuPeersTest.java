package org.initlab.experiment.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.initlab.experiment.bench.GpuCheck.Speed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Rows of other libraries in the table of a GPU's speeds, by a program that plays them. */
@DisabledOnOs(OS.WINDOWS)
class GpuPeersTest {

  private static final List<Speed> OURS =
      List.of(
          new Speed("a copy", "fast"),
          new Speed("uniform", "fast", "uniform 1000", 9e9),
          new Speed("normal", "fast", "normal 1000", 4e9),
          new Speed("blocks of 256", "slow", "train 64 100 20", 3000),
          new Speed("blocks of 512", "fast", "train 64 100 20", 5000));

  @TempDir private Path folder;

  @Test
  void theRatioIsToTheBestOfOurs() throws IOException {
    GpuPeers peers =
        playing(
            """
            case $1 in
              torch) printf "missing\\t0\\tNo module named 'torch'\\n" ;;
              jax) printf 'normal 1000\t2e+09\tJAX 1 random.normal\n'
                   printf 'train 64 100 20\t1000\tJAX 1 jit(vmap)\n' ;;
            esac
            """);

    assertThat(peers.beside(OURS).stream().map(row -> row.what() + " | " + row.found()))
        .containsExactly(
            "PyTorch | not here: No module named 'torch'",
            "JAX 1 random.normal, 1000 floats | 8 GB/s; InitLab has 2.00 times that",
            "JAX 1 jit(vmap), 64 of 784-[100]x5-10 | 1,000 trial-steps a second; InitLab has 5.00"
                + " times that");
  }

  @Test
  void itIsAskedForWhatWasTimed() throws IOException {
    playing("echo \"$@\" > " + folder.resolve("asked-$1")).beside(OURS);

    assertThat(Files.readString(folder.resolve("asked-jax")))
        .isEqualTo("jax --normal 1000 --train 64,100,20\n");
  }

  @Test
  void whatFailsIsARowAndNoError() throws IOException {
    assertThat(found(playing("exit 3")))
        .containsOnly("ended with exit code 3; what it said is above");
    assertThat(found(playing("echo hello"))).containsOnly("not timed: it says 'hello'");
    assertThat(found(GpuPeers.of(folder.resolve("nobody").toString())))
        .allSatisfy(says -> assertThat(says).startsWith("not timed: Cannot run program"));
    assertThat(found(GpuPeers.of(" "))).isEmpty();
  }

  private static List<String> found(GpuPeers peers) {
    return peers.beside(OURS).stream().map(Speed::found).toList();
  }

  private GpuPeers playing(String script) throws IOException {
    return GpuPeers.of("sh " + Files.writeString(folder.resolve("peer"), script));
  }
}
