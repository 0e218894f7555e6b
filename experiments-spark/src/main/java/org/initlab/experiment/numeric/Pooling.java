package org.initlab.experiment.numeric;

/** What makes an image smaller before a layer reads it. What does not fill a square is left out. */
public enum Pooling {
  /** The greatest number of each square of 2x2, channel by channel. */
  MAX {
    @Override
    public Volume of(Volume in) {
      return halved(in);
    }
  },
  /** The mean of each square of 2x2, channel by channel. */
  AVERAGE {
    @Override
    public Volume of(Volume in) {
      return halved(in);
    }
  },
  /** The mean over all places, channel by channel. */
  GLOBAL_AVERAGE {
    @Override
    public Volume of(Volume in) {
      return Volume.flat(in.channels());
    }
  };

  /** Side and stride of a square. */
  public static final int SIDE = 2;

  /** What is left of such an image. */
  public abstract Volume of(Volume in);

  private static Volume halved(Volume in) {
    if (in.height() < SIDE || in.width() < SIDE) {
      throw new IllegalArgumentException(
          "An image of %s is too small to be pooled by %dx%d.".formatted(in, SIDE, SIDE));
    }
    return new Volume(in.height() / SIDE, in.width() / SIDE, in.channels());
  }
}
