package org.initlab.experiment.numeric;

/** An activation on arrays: f and the product with f', element by element. For one thread. */
public interface Curve {

  /** {@code z = f(s)} for the first {@code n} elements; s and z are different arrays. */
  void values(float[] s, float[] z, int n);

  /** {@code d *= f'(s)} for the first {@code n} elements, where {@code z = f(s)}. */
  void backward(float[] s, float[] z, float[] d, int n);
}
