package org.initlab.experiment.numeric;

/**
 * The matrix products of a layer of weights, between arrays fixed beforehand: {@code s = x W},
 * {@code dx = ds W^T} and {@code g = x^T ds}, x being what the layer makes of the numbers below it.
 * To be closed before its kernel.
 */
public interface LayerProducts extends AutoCloseable {

  /** Gets the gradient of a part of W, and may change that part. */
  @FunctionalInterface
  interface Rows {
    /** Takes the gradient of {@code count} elements of W from {@code from} on. */
    void take(int from, int count);
  }

  /** {@code s = x W}. */
  void forward();

  /** {@code dx = ds W^T}, then {@code W = keep W + step x^T ds}. */
  void backwardAndUpdate(float keep, float step);

  /**
   * {@code dx = ds W^T}, then the kernel's gradient {@code step x^T ds}, part after part.
   *
   * @param gradient gets a part's gradient at its start; as large as the kernel
   */
  void backward(float step, Block gradient, Rows each);

  /** {@code dx = ds W^T} alone. */
  void backward();

  /** The whole kernel's gradient {@code step x^T ds} alone. */
  void kernelGradient(float step, Block gradient);

  @Override
  void close();
}
