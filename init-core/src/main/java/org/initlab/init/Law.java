package org.initlab.init;

import org.initlab.init.random.InverseErf;
import org.initlab.init.random.Key;
import org.initlab.init.random.NormalCurve;

/**
 * A distribution with mean 0 and VARIANCE 1 that knows its own cdf. An initializer multiplies it by
 * a deviation, so a bound can never be taken for a variance.
 */
public sealed interface Law {

  /** The law's name in studies: uniform, normal, truncated_normal. */
  String name();

  /**
   * Fills a part of {@code out} with draws times {@code deviation}: element i depends on the key
   * and i alone, whatever part is asked for.
   *
   * @param from the first element
   * @param to the one behind the last
   */
  void fill(Key key, double deviation, float[] out, int from, int to);

  /** Fills {@code out} with draws times {@code deviation}. */
  default void fill(Key key, double deviation, float[] out) {
    fill(key, deviation, out, 0, out.length);
  }

  /**
   * The same numbers by several threads at once.
   *
   * @param threads at least 1
   */
  default void fill(Key key, double deviation, float[] out, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads + ".");
    }
    Filling.byThreads(this, key, deviation, out, threads);
  }

  /** The probability of a draw of at most {@code x}. */
  double cdf(double x);

  /** The fourth standardized moment. */
  double kurtosis();

  /** The largest absolute value that can be drawn; infinite where there is none. */
  double bound();

  /**
   * Equally likely between -sqrt(3) and sqrt(3).
   *
   * <p>Formula: sqrt(3) (2u - 1) with u of 23 bits, as {@code jax.random.uniform(key, shape,
   * float32, -1, 1)}. It is not the uniform law on (-1, 1), whose variance is 1/3.
   */
  record Uniform() implements Law {
    @Override
    public String name() {
      return "uniform";
    }

    @Override
    public void fill(Key key, double deviation, float[] out, int from, int to) {
      float scale = (float) (bound() * deviation);
      Filling.inBlocks(key, out, from, to, (x, n) -> stretch(n, x, scale));
    }

    private static void stretch(int n, float[] x, float scale) {
      for (int j = 0; j < n; j++) {
        x[j] = ((x[j] - 1) * 2 - 1) * scale;
      }
    }

    @Override
    public double cdf(double x) {
      return Math.max(0, Math.min(1, (x / bound() + 1) / 2));
    }

    @Override
    public double kurtosis() {
      return 1.8;
    }

    @Override
    public double bound() {
      return Math.sqrt(3);
    }
  }

  /**
   * Gauss's law.
   *
   * <p>Formula: sqrt(2) erfinv(u) with u in (-1, 1) of 23 bits, as {@code jax.random.normal} in
   * float32, to three units in the last place. From 23 bits nothing beyond 5.5 deviations comes, an
   * event of 4e-8. It is not what Keras and JAX call {@code glorot_normal}: theirs is truncated.
   */
  record Normal() implements Law {
    @Override
    public String name() {
      return "normal";
    }

    @Override
    public void fill(Key key, double deviation, float[] out, int from, int to) {
      float scale = (float) deviation;
      InverseErf inverse = new InverseErf(Math.min(Filling.BLOCK, to - from));
      Filling.inBlocks(
          key,
          out,
          from,
          to,
          (x, n) -> {
            open(n, x);
            inverse.apply(x, n, SQRT_2, scale);
          });
    }

    /** From [1, 2) into (-1, 1). */
    private static void open(int n, float[] x) {
      float low = Math.nextUp(-1f);
      for (int j = 0; j < n; j++) {
        x[j] = (x[j] - 1) * 2 + low;
      }
    }

    @Override
    public double cdf(double x) {
      return NormalCurve.cdf(x);
    }

    @Override
    public double kurtosis() {
      return 3;
    }

    @Override
    public double bound() {
      return Double.POSITIVE_INFINITY;
    }
  }

  /**
   * Gauss's law without its tails, stretched to variance 1 again.
   *
   * <p>Formula: t / s where t is sqrt(2) erfinv(u), u uniform between erf(-cut/sqrt(2)) and
   * erf(cut/sqrt(2)), as {@code jax.random.truncated_normal}, and s^2 = 1 - 2 cut phi(cut) / (2
   * Phi(cut) - 1) its variance (Johnson, Kotz and Balakrishnan 1994, chapter 13, section 10.1); s
   * is 0.87962566103423978 for a cut of 2. It is not cut at {@code cut} deviations of its own: its
   * bound is cut / s, 2.27 for a cut of 2.
   *
   * @param cut where the parent is cut, in its deviations; from 0.1 to 5
   */
  record TruncatedNormal(double cut) implements Law {
    public TruncatedNormal {
      if (!(cut >= 0.1 && cut <= 5)) {
        throw new IllegalArgumentException("cut must be a number from 0.1 to 5, not " + cut);
      }
    }

    @Override
    public String name() {
      return "truncated_normal";
    }

    /** The deviation of the parent after the cut and before the stretch. */
    public double parentDeviation() {
      return Math.sqrt(1 - 2 * cut * NormalCurve.density(cut) / mass());
    }

    @Override
    public void fill(Key key, double deviation, float[] out, int from, int to) {
      float scale = (float) (deviation / parentDeviation());
      InverseErf inverse = new InverseErf(Math.min(Filling.BLOCK, to - from));
      Filling.inBlocks(key, out, from, to, (x, n) -> transform(x, n, inverse, scale));
    }

    /** Uniform numbers plus 1 to draws times {@code scale}; rounded once where XLA does. */
    void transform(float[] x, int n, InverseErf inverse, float scale) {
      float high = (float) mass();
      float most = Math.nextDown((float) cut);
      narrow(n, x, high - -high, -high);
      if (high <= InverseErf.CENTRE) {
        inverse.applyToCentre(x, n, SQRT_2, most, scale);
      } else {
        inverse.apply(x, n);
        confine(n, x, most, scale);
      }
    }

    private static void narrow(int n, float[] x, float width, float low) {
      for (int j = 0; j < n; j++) {
        x[j] = Math.fma(x[j] - 1, width, low);
      }
    }

    private static void confine(int n, float[] x, float most, float scale) {
      for (int j = 0; j < n; j++) {
        x[j] = Math.max(-most, Math.min(most, SQRT_2 * x[j])) * scale;
      }
    }

    @Override
    public double cdf(double x) {
      double t = x * parentDeviation();
      if (t <= -cut || t >= cut) {
        return t < 0 ? 0 : 1;
      }
      return (NormalCurve.cdf(t) - NormalCurve.cdf(-cut)) / mass();
    }

    @Override
    public double kurtosis() {
      double variance = parentDeviation() * parentDeviation();
      double fourth = 3 - 2 * cut * (cut * cut + 3) * NormalCurve.density(cut) / mass();
      return fourth / (variance * variance);
    }

    @Override
    public double bound() {
      return cut / parentDeviation();
    }

    /** The probability of the parent between the cuts. */
    public double mass() {
      return NormalCurve.erf(cut / Math.sqrt(2));
    }
  }

  /** The square root of two, in single precision as JAX multiplies by it. */
  float SQRT_2 = (float) Math.sqrt(2);
}
