package org.initlab.init;

/** Which fan divides the variance. */
public enum Fan {
  /** Fan-in: keeps the forward variance (LeCun, He). */
  IN("fan_in") {
    @Override
    public double of(Fans fans) {
      return fans.in();
    }
  },
  /** Fan-out: keeps the backward variance. */
  OUT("fan_out") {
    @Override
    public double of(Fans fans) {
      return fans.out();
    }
  },
  /** Arithmetic mean of both: Glorot's compromise. */
  MEAN("fan_avg") {
    @Override
    public double of(Fans fans) {
      return (fans.in() + fans.out()) / 2;
    }
  },
  /** Geometric mean of both, as JAX's {@code fan_geo_avg}. */
  GEOMETRIC("fan_geo_avg") {
    @Override
    public double of(Fans fans) {
      return Math.sqrt(fans.in() * fans.out());
    }
  };

  private final String title;

  Fan(String title) {
    this.title = title;
  }

  /** The name in studies: fan_in, fan_out, fan_avg, fan_geo_avg. */
  public String title() {
    return title;
  }

  /** The number that this fan picks from a layer's two. */
  public abstract double of(Fans fans);
}
