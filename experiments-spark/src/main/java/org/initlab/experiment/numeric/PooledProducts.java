package org.initlab.experiment.numeric;

/** The products of a layer that reads what pooling leaves of the numbers below. */
public final class PooledProducts implements LayerProducts {

  private final Pool pool;
  private final LayerProducts products;

  /** The products of such a layer, {@code products} being those on what {@code pool} leaves. */
  public PooledProducts(Pool pool, LayerProducts products) {
    this.pool = pool;
    this.products = products;
  }

  @Override
  public void forward() {
    pool.forward();
    products.forward();
  }

  @Override
  public void backwardAndUpdate(float keep, float step) {
    products.backwardAndUpdate(keep, step);
    pool.backward();
  }

  @Override
  public void backward(float step, Block gradient, Rows each) {
    products.backward(step, gradient, each);
    pool.backward();
  }

  @Override
  public void backward() {
    products.backward();
    pool.backward();
  }

  @Override
  public void kernelGradient(float step, Block gradient) {
    products.kernelGradient(step, gradient);
  }

  @Override
  public void close() {
    products.close();
  }
}
