package org.initlab.init.random;

/**
 * PyTorch's generator on a CPU after {@code torch.manual_seed(seed)}, filling contiguous float32
 * tensors.
 *
 * <p>Formula: {@code uniform_} takes 24 bits of {@link Mt19937} a number. {@code normal_} takes
 * numbers of 24 bits through {@link BoxMuller} in blocks of 16, and draws the last 16 again where
 * the size is no multiple of 16; below 16 numbers it takes 53 bits in double precision, two numbers
 * a pair, the second kept for the next call. {@code trunc_normal_} is the inverse error function of
 * uniform numbers. Source: PyTorch's behaviour, versions 1.7 to 2.x, on machines with AVX2.
 *
 * <p>It is not the stream of float64 tensors, of strided ones or of a GPU.
 */
public final class TorchStream implements Stream {

  private static final float UNIT = 0x1p-24f;

  private final Mt19937 generator;
  private double kept = Double.NaN;

  /** The generator after {@code torch.manual_seed(seed)}. */
  public TorchStream(long seed) {
    generator = new Mt19937(seed);
  }

  @Override
  public void uniform(double low, double high, float[] out) {
    float from = (float) low;
    float width = (float) high - from;
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.fma(unit(), width, from);
    }
  }

  @Override
  public void normal(double deviation, float[] out) {
    if (out.length < BoxMuller.BLOCK) {
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) (one() * deviation);
      }
      return;
    }
    for (int i = 0; i < out.length; i++) {
      out[i] = unit();
    }
    float scale = (float) deviation;
    for (int i = 0; i + BoxMuller.BLOCK <= out.length; i += BoxMuller.BLOCK) {
      BoxMuller.transform(out, i, scale);
    }
    if (out.length % BoxMuller.BLOCK != 0) {
      int last = out.length - BoxMuller.BLOCK;
      for (int i = last; i < out.length; i++) {
        out[i] = unit();
      }
      BoxMuller.transform(out, last, scale);
    }
  }

  @Override
  public void truncatedNormal(double deviation, double low, double high, float[] out) {
    double from = 2 * NormalCurve.cdf(low / deviation) - 1;
    double to = 2 * NormalCurve.cdf(high / deviation) - 1;
    uniform(from, to, out);
    float scale = (float) (deviation * Math.sqrt(2));
    for (int i = 0; i < out.length; i++) {
      float x = (float) NormalQuantile.inverseErf(out[i]) * scale;
      out[i] = Math.max((float) low, Math.min((float) high, x));
    }
  }

  /** The numbers 0, ..., n - 1 in the order of {@code torch.randperm(n)}. */
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = 0; i < n - 1; i++) {
      int other = i + Integer.remainderUnsigned(generator.bits(), n - i);
      int chosen = order[other];
      order[other] = order[i];
      order[i] = chosen;
    }
    return order;
  }

  private float unit() {
    return (generator.bits() & 0xFFFFFF) * UNIT;
  }

  private double one() {
    if (!Double.isNaN(kept)) {
      double second = kept;
      kept = Double.NaN;
      return second;
    }
    double u = (generator.longBits() & (1L << 53) - 1) * 0x1p-53;
    double v = (generator.longBits() & (1L << 53) - 1) * 0x1p-53;
    double radius = Math.sqrt(-2 * StrictMath.log1p(-v));
    double angle = 2 * Math.PI * u;
    kept = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }
}
