package org.initlab.experiment.numeric;

/** The products of a dense layer, which sees all numbers below it, each an input of its own. */
public final class WholeProducts implements LayerProducts {

  private final float[] z;
  private final float[] s;
  private final float[] ds;
  private final float[] dz;
  private final Block x;
  private final Block y;
  private final Block dx;
  private final DenseProducts products;

  /**
   * Fixes the memory.
   *
   * @param rows examples
   * @param z the numbers below, [rows, in]
   * @param kernel W, [in, out]
   * @param s gets x W, [rows, out]
   * @param ds holds the gradient on the way back, [rows, out]; null if there is none
   * @param dz gets ds W^T, [rows, in]; null if nobody asks
   * @param dx room for at least as many numbers as {@code dz} has; others may use it in between
   */
  public WholeProducts(
      int rows, float[] z, Block kernel, float[] s, float[] ds, float[] dz, Block dx) {
    this.z = z;
    this.s = s;
    this.ds = ds;
    this.dz = dz;
    this.x = new Block(z.length);
    this.y = new Block(s.length);
    this.dx = dx;
    this.products = new DenseProducts(rows, x, kernel, y, dz == null ? null : dx);
  }

  @Override
  public void forward() {
    x.put(z, z.length);
    products.forward();
    y.get(s, s.length);
  }

  @Override
  public void backwardAndUpdate(float keep, float step) {
    y.put(ds, ds.length);
    products.backwardAndUpdate(keep, step);
    give();
  }

  @Override
  public void backward(float step, Block gradient, Rows each) {
    y.put(ds, ds.length);
    products.backward(step, gradient, each);
    give();
  }

  @Override
  public void backward() {
    y.put(ds, ds.length);
    products.backward();
    give();
  }

  private void give() {
    if (dz != null) {
      dx.get(dz, dz.length);
    }
  }

  @Override
  public void kernelGradient(float step, Block gradient) {
    y.put(ds, ds.length);
    products.kernelGradient(step, gradient);
  }

  @Override
  public void close() {
    x.close();
    y.close();
  }
}
