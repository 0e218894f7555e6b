package org.initlab.experiment.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.DeviceMemory;
import org.initlab.device.cuda.Emulator;
import org.initlab.init.Law;
import org.initlab.init.Site;
import org.initlab.init.draw.Orthogonal;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels' draws are the CPU's, on the emulator. */
class DeviceDrawsTest {

  /** So many that the far tails, one in 300, come some hundred times. */
  private static final int COUNT = 100_000;

  static List<Law> laws() {
    return List.of(
        new Law.Uniform(),
        new Law.Normal(),
        new Law.TruncatedNormal(2),
        new Law.TruncatedNormal(0.5));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void theBitsAreThoseOfTheCpu(Law law) {
    Key key = Key.of(20240501).at("init").at("layer/3");
    float[] expected = new float[COUNT];
    law.fill(key, 0.03, expected);

    assertThat(fill(law, key, 0, COUNT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("laws")
  void anyStretchCanBeDrawn(Law law) {
    Key key = Key.of(7);
    float[] expected = new float[500];
    law.fill(key, 0.03, expected);

    assertThat(fill(law, key, 300, 77)).isEqualTo(Arrays.copyOfRange(expected, 300, 377));
  }

  /**
   * Of each entry, what two ways of rounding may differ by. Q of a matrix of condition c is off by
   * some c times 6e-8 (Golub and Van Loan 2013, section 5.2.6 and Stewart 1977); a Gaussian matrix
   * of n by n has c of about 2 n, of 2 n by n below 6. So 1e-5 is meant for squares up to 64 and
   * for what is longer than wide, and not for a square of 1000, whose CPU's Q is off by more.
   */
  private static final double PART = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "1, 7",
    "7, 1",
    "5, 3",
    "3, 5",
    "33, 32",
    "32, 33",
    "64, 64",
    "65, 31",
    "257, 100",
    "100, 257",
    "784, 100",
    "100, 10"
  })
  void orthogonalMatricesAreTheCpus(int rows, int columns) {
    double gain = 1.5;
    List<Key> keys = List.of(Key.of(3).at("init"), Key.of(4), Key.of(5).at("layer/2"));
    float[] found = orthogonal(keys, rows, columns, gain);

    for (int m = 0; m < keys.size(); m++) {
      float[] expected = new Orthogonal(gain).draw(Site.dense(rows, columns), keys.get(m)).values();
      float[] one = Arrays.copyOfRange(found, m * rows * columns, (m + 1) * rows * columns);
      for (int i = 0; i < one.length; i++) {
        assertThat((double) one[i]).as("entry %d", i).isCloseTo(expected[i], within(gain * PART));
      }
      assertThat(defect(one, rows, columns, gain)).isLessThan(PART * gain * gain);
    }
  }

  /** A large square: its own orthogonality, which no condition spoils. */
  @Test
  void aLargeSquareIsOrthogonal() {
    float[] found = orthogonal(List.of(Key.of(11)), 300, 300, 1);

    assertThat(defect(found, 300, 300, 1)).isLessThan(PART);
  }

  @Test
  void aMatrixDependsOnItsKeyAlone() {
    float[] alone = orthogonal(List.of(Key.of(4)), 20, 9, 1);
    float[] second = orthogonal(List.of(Key.of(3), Key.of(4)), 20, 9, 1);

    assertThat(Arrays.copyOfRange(second, 180, 360)).isEqualTo(alone);
    assertThat(orthogonal(List.of(), 20, 9, 1)).isEmpty();
    assertThat(orthogonal(List.of(Key.of(1)), 0, 9, 1)).isEmpty();
  }

  /** How far the Gram matrix of the shorter side is from that of orthonormal vectors. */
  private static double defect(float[] q, int rows, int columns, double gain) {
    int thin = Math.min(rows, columns);
    int tall = Math.max(rows, columns);
    double worst = 0;
    for (int a = 0; a < thin; a++) {
      for (int b = 0; b <= a; b++) {
        double sum = a == b ? -gain * gain : 0;
        for (int i = 0; i < tall; i++) {
          sum +=
              rows >= columns
                  ? (double) q[i * columns + a] * q[i * columns + b]
                  : (double) q[a * columns + i] * q[b * columns + i];
        }
        worst = Math.max(worst, Math.abs(sum));
      }
    }
    return worst;
  }

  private static float[] orthogonal(List<Key> keys, int rows, int columns, double gain) {
    float[] values = new float[keys.size() * rows * columns];
    try (CudaDevice device = Emulator.device();
        DeviceDraws draws = new DeviceDraws(device);
        DeviceMemory out = device.memory(4L * Math.max(1, values.length))) {
      draws.orthogonal(keys, rows, columns, gain, out);
      out.get(0, values);
    }
    return values;
  }

  private static float[] fill(Law law, Key key, long from, int count) {
    float[] values = new float[count];
    try (CudaDevice device = Emulator.device();
        DeviceDraws draws = new DeviceDraws(device);
        DeviceMemory out = device.memory(4L * count)) {
      draws.fill(law, key, 0.03, out, from, count);
      out.get(0, values);
    }
    return values;
  }
}
