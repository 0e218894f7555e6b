package org.initlab.init;

/** Which fan divides the variance. */
public enum Fan {
  /** Fan-in: keeps the forward variance (LeCun, He). */
  IN {
    @Override
    public double of(Fans fans) {
      return fans.in();
    }
  },
  /** Fan-out: keeps the backward variance. */
  OUT {
    @Override
    public double of(Fans fans) {
      return fans.out();
    }
  },
  /** Arithmetic mean of both: Glorot's compromise. */
  MEAN {
    @Override
    public double of(Fans fans) {
      return (fans.in() + fans.out()) / 2;
    }
  },
  /** Geometric mean of both, as JAX's {@code fan_geo_avg}. */
  GEOMETRIC {
    @Override
    public double of(Fans fans) {
      return Math.sqrt(fans.in() * fans.out());
    }
  };

  /** The number that this fan picks from a layer's two. */
  public abstract double of(Fans fans);
}
