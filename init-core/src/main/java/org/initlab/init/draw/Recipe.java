package org.initlab.init.draw;

import java.util.Optional;
import org.initlab.init.Fan;
import org.initlab.init.Law;
import org.initlab.init.WeightEnsemble;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.random.Stream;

/** What an initializer of another framework asks of its generator, for one tensor. */
public sealed interface Recipe {

  /** The values of a tensor, in the framework's order of axes. */
  float[] values(Framework framework, Stream stream, WeightShape shape);

  /** What theory may take the values for. */
  Optional<WeightEnsemble> ensemble(WeightShape shape);

  /** Why a tensor of this shape cannot be drawn, in a sentence; nothing if it can. */
  default Optional<String> objection(WeightShape shape) {
    return Optional.empty();
  }

  /** Numbers equally likely between two ends. */
  record Interval(double low, double high) implements Recipe {
    public Interval {
      if (!(low <= high) || !Double.isFinite(high - low)) {
        throw new IllegalArgumentException(
            "uniform: low must be a finite number of at most high, not %s with high %s."
                .formatted(low, high));
      }
    }

    @Override
    public float[] values(Framework framework, Stream stream, WeightShape shape) {
      float[] out = empty(shape);
      stream.uniform(low, high, out);
      return out;
    }

    @Override
    public Optional<WeightEnsemble> ensemble(WeightShape shape) {
      return low == -high
          ? Optional.of(WeightEnsemble.independent(high * high / 3))
          : Optional.empty();
    }
  }

  /** Normal numbers of one deviation. */
  record Bell(double deviation) implements Recipe {
    public Bell {
      Require.factor("normal", "stddev", deviation);
    }

    @Override
    public float[] values(Framework framework, Stream stream, WeightShape shape) {
      float[] out = empty(shape);
      stream.normal(deviation, out);
      return out;
    }

    @Override
    public Optional<WeightEnsemble> ensemble(WeightShape shape) {
      return Optional.of(WeightEnsemble.independent(deviation * deviation));
    }
  }

  /** Normal numbers of this deviation, confined to an interval; it is not the deviation after. */
  record Confined(double deviation, double low, double high) implements Recipe {
    public Confined {
      Require.factor("truncated normal", "stddev", deviation);
      if (!(low < high) && !(deviation == 0 && low == high)) {
        throw Require.refused("truncated normal", "low", "below high, " + high, low);
      }
    }

    @Override
    public float[] values(Framework framework, Stream stream, WeightShape shape) {
      float[] out = empty(shape);
      stream.truncatedNormal(deviation, low, high, out);
      return out;
    }

    @Override
    public Optional<WeightEnsemble> ensemble(WeightShape shape) {
      double cut = high / deviation;
      if (low != -high || !(cut >= 0.1 && cut <= 5)) {
        return Optional.empty();
      }
      double left = deviation * new Law.TruncatedNormal(cut).parentDeviation();
      return Optional.of(WeightEnsemble.independent(left * left));
    }
  }

  /** Which law a {@link Scaled} recipe draws from. */
  enum Form {
    UNIFORM,
    NORMAL,
    TRUNCATED_NORMAL
  }

  /**
   * Variance scale / fan, whatever the law: the truncated normal law's parent has the deviation
   * divided by 0.8796 (Keras).
   */
  record Scaled(double scale, Fan fan, Form form) implements Recipe, FanRule {
    /** What two deviations leave of the parent's, as Keras and JAX write it. */
    private static final double LEFT = .87962566103423978;

    public Scaled {
      Require.factor("variance scaling", "scale", scale);
    }

    @Override
    public Optional<String> objection(WeightShape shape) {
      return Shapes.objection("variance scaling", fan, shape);
    }

    @Override
    public float[] values(Framework framework, Stream stream, WeightShape shape) {
      float[] out = empty(shape);
      double variance = scale / fan.of(shape.fans());
      switch (form) {
        case UNIFORM -> {
          double limit = Math.sqrt(3 * variance);
          stream.uniform(-limit, limit, out);
        }
        case NORMAL -> stream.normal(Math.sqrt(variance), out);
        case TRUNCATED_NORMAL -> {
          double parent = Math.sqrt(variance) / LEFT;
          stream.truncatedNormal(parent, -2 * parent, 2 * parent, out);
        }
      }
      return out;
    }

    @Override
    public Optional<WeightEnsemble> ensemble(WeightShape shape) {
      return Optional.of(WeightEnsemble.independent(scale / fan.of(shape.fans())));
    }
  }

  /**
   * Gain times a matrix of Haar's measure, from the framework's normal numbers. Keras draws it
   * upright, the longer side down, and PyTorch as it will lie.
   */
  record Orthonormal(double gain) implements Recipe {
    public Orthonormal {
      Require.factor("orthogonal", "gain", gain);
    }

    @Override
    public float[] values(Framework framework, Stream stream, WeightShape shape) {
      int size = empty(shape).length;
      if (size == 0) {
        return new float[0];
      }
      boolean torch = framework == Framework.TORCH;
      int rows = torch ? (int) shape.out() : size / (int) shape.out();
      int columns = size / rows;
      int tall = Math.max(rows, columns);
      int thin = Math.min(rows, columns);
      float[] q = new float[size];
      stream.normal(1, q);
      if (torch && rows < columns) {
        q = Orthogonal.transpose(q, rows, columns);
      }
      Orthogonal.orthonormalize(q, tall, thin);
      for (int i = 0; i < size; i++) {
        q[i] *= (float) gain;
      }
      return rows < columns ? Orthogonal.transpose(q, tall, thin) : q;
    }

    @Override
    public Optional<WeightEnsemble> ensemble(WeightShape shape) {
      return Optional.of(WeightEnsemble.orthogonal(gain, shape));
    }
  }

  private static float[] empty(WeightShape shape) {
    return Weights.zeros(shape).values();
  }
}
