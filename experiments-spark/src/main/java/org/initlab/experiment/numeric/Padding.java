package org.initlab.experiment.numeric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a convolution sees beyond the border of its image. */
public enum Padding {
  /**
   * Zeros, so many that there are {@code ceil(size / stride)} outputs. Where their number is odd,
   * one more stands behind than before, as in TensorFlow, Keras and Deeplearning4j; PyTorch's
   * padding=1 with stride 2 puts it before.
   */
  SAME {
    @Override
    int inside(int at, int size) {
      return at >= 0 && at < size ? at : OUTSIDE;
    }
  },
  /** Nothing: the window stays inside, and {@code floor((size - kernel) / stride) + 1} fit. */
  VALID {
    @Override
    public int outputs(int size, int kernel, int stride) {
      return size < kernel ? 0 : (size - kernel) / stride + 1;
    }

    @Override
    int before(int size, int kernel, int stride) {
      return 0;
    }

    @Override
    int inside(int at, int size) {
      return at;
    }
  },
  /**
   * The image again, from its other side; as many outputs as {@link #SAME}. No place differs from
   * another (Xiao et al. 2018, section 2.1).
   */
  CIRCULAR {
    @Override
    int inside(int at, int size) {
      return Math.floorMod(at, size);
    }
  };

  /** Where there is no place of the image. */
  static final int OUTSIDE = -1;

  /** How many windows fit along one side; 0 if none does. */
  public int outputs(int size, int kernel, int stride) {
    return (size + stride - 1) / stride;
  }

  /** How many places stand before the border. */
  int before(int size, int kernel, int stride) {
    return Math.max(0, (outputs(size, kernel, stride) - 1) * stride + kernel - size) / 2;
  }

  /** The place of the image that stands at {@code at}, or {@link #OUTSIDE}. */
  abstract int inside(int at, int size);

  /** The name in studies. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names, in the order of the table. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Padding::title).toList();
  }
}
