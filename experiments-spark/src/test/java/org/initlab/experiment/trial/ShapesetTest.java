package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Optional;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;

class ShapesetTest {

  private static final int IMAGES = 20_000;
  private static final double[] PRIORS = {
    1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 18.0, 1 / 18.0, 1 / 18.0
  };

  private final Dataset shapeset = load();

  private static Dataset load() {
    try {
      return Datasets.SHAPESET_3X2.load(Optional.empty());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void classesAndPixelsAreDistributedAsInTheOriginal() {
    Key key = Key.of(7);
    float[] x = new float[shapeset.inputs()];
    int[] counts = new int[shapeset.classes()];
    double sum = 0;
    double squares = 0;
    float least = 0;
    float most = 0;
    for (int i = 0; i < IMAGES; i++) {
      counts[shapeset.training(key).write(i, x, 0)]++;
      for (float v : x) {
        sum += v;
        squares += v * v;
        least = Math.min(least, v);
        most = Math.max(most, v);
      }
    }
    for (int c = 0; c < counts.length; c++) {
      double sigma = Math.sqrt(PRIORS[c] * (1 - PRIORS[c]) / IMAGES);
      // 4.5 sigma: nine classes give one false alarm in 16,000 seeds. Images that lost their second
      // shape to 51 rejections are less than one in a thousand.
      assertThat((double) counts[c] / IMAGES).isCloseTo(PRIORS[c], within(4.5 * sigma + 0.001));
    }
    double pixels = (double) IMAGES * x.length;
    assertThat(sum / pixels).isCloseTo(0, within(0.02));
    // Light greys are 140 to 255, dark ones 0 to 114, as likely: the root of the mean square is
    // 0.6098 whatever the shapes.
    assertThat(Math.sqrt(squares / pixels)).isCloseTo(0.6098, within(0.004));
    assertThat(least).isEqualTo(-1f);
    assertThat(most).isEqualTo(1f);
  }

  @Test
  void theBitsNeverChange() {
    assertThat(shapeset.fingerprint())
        .isEqualTo("f765925f91b5c796540d9f3f81fa3ac61b091bc64a166e1720a092612a4e61f8");
  }

  @Test
  void anImageDependsOnItsKeyAndNumberAlone() {
    float[] alone = new float[1024];
    float[] among = new float[3 * 1024];
    int label = shapeset.training(Key.of(3)).write(41, alone, 0);
    shapeset.training(Key.of(3)).write(40, among, 0);
    assertThat(shapeset.training(Key.of(3)).write(41, among, 1024)).isEqualTo(label);
    assertThat(java.util.Arrays.copyOfRange(among, 1024, 2048)).isEqualTo(alone);
    shapeset.heldOut(Key.of(3)).write(41, among, 0);
    assertThat(java.util.Arrays.copyOfRange(among, 0, 1024)).isNotEqualTo(alone);
  }

  @Test
  void shapesKeepAPixelFromTheBorder() {
    float[] x = new float[1024];
    for (int i = 0; i < 500; i++) {
      shapeset.training(Key.of(5)).write(i, x, 0);
      for (int k = 0; k < 32; k++) {
        assertThat(x[k]).isEqualTo(x[0]);
        assertThat(x[32 * k]).isEqualTo(x[0]);
        assertThat(x[32 * k + 31]).isEqualTo(x[0]);
        assertThat(x[31 * 32 + k]).isEqualTo(x[0]);
      }
    }
  }

  @Test
  void paintFillsThePixelsWhoseCentresAreInside() {
    byte[] image = new byte[36];
    new Polygon(new double[] {1, 4, 4, 1}, new double[] {2, 2, 4.4, 4.4})
        .paint(image, 0, 6, (byte) 1);
    for (int row = 0; row < 6; row++) {
      for (int column = 0; column < 6; column++) {
        boolean inside = column >= 1 && column <= 3 && row >= 2 && row <= 3;
        assertThat(image[row * 6 + column]).isEqualTo((byte) (inside ? 1 : 0));
      }
    }
  }
}
