package org.initlab.experiment.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.DeviceMemory;
import org.initlab.device.cuda.Emulator;
import org.initlab.init.Law;
import org.initlab.init.random.Key;
import org.junit.jupiter.params.ParameterizedTest;
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
