package org.initlab.experiment.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sums and additions by channel are those of a plain loop, whatever lies together. */
class ChannelSumsTest {

  private static float[] numbers(int n) {
    Random random = new Random(n);
    float[] numbers = new float[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @ParameterizedTest(name = "{1} of {0}")
  @CsvSource({
    "1, 1", "1, 5000", "3, 2", "10, 10", "32, 10", "8, 784", "48, 100", "64, 49", "100, 10",
    "300, 10", "1000, 7", "1500, 3"
  })
  void channelsAreAddedAndAddedUp(int channels, int places) {
    float[] values = numbers(channels * places);
    float[] each = numbers(channels);
    float[] added = values.clone();
    float[] inOrder = new float[channels];
    double[] exact = new double[channels];
    for (int i = 0; i < values.length; i++) {
      added[i] += each[i % channels];
      inOrder[i % channels] += values[i];
      exact[i % channels] += values[i];
    }
    float[] sums = new float[channels + 1];
    for (int use = 0; use < 2; use++) {
      ChannelSums rows = ChannelSums.ofRows(channels, values.length);
      float[] some = values.clone();
      rows.add(each, some);
      assertThat(some).isEqualTo(added);
      rows.of(values, sums);
      assertThat(sums).startsWith(inOrder).endsWith(0f);

      ChannelSums many = ChannelSums.ofPlaces(channels, values.length);
      some = values.clone();
      many.add(each, some);
      assertThat(some).isEqualTo(added);
      many.of(values, sums);
      for (int c = 0; c < channels; c++) {
        assertThat((double) sums[c]).isCloseTo(exact[c], within(1e-6 * places));
      }
    }
  }
}
