package org.initlab.init;

import java.util.Arrays;
import java.util.List;

/**
 * A vector made of a network's kernels and biases: parameters, or their gradient.
 *
 * @param parts kernel, bias, kernel, bias, ... from the input to the output; its own arrays, which
 *     whoever holds it may change
 */
public record Tensors(List<double[]> parts) {

  public Tensors {
    parts = List.copyOf(parts);
  }

  /** The kernel of layer {@code layer}, from 1. */
  public double[] kernel(int layer) {
    return parts.get(2 * layer - 2);
  }

  /** The bias of that layer. */
  public double[] bias(int layer) {
    return parts.get(2 * layer - 1);
  }

  /** A copy. */
  public Tensors copy() {
    return new Tensors(parts.stream().map(double[]::clone).toList());
  }

  /** This plus {@code factor} times another. */
  public Tensors plus(double factor, Tensors other) {
    Tensors sum = copy();
    for (int p = 0; p < parts.size(); p++) {
      double[] to = sum.parts.get(p);
      double[] from = other.parts.get(p);
      for (int i = 0; i < to.length; i++) {
        to[i] += factor * from[i];
      }
    }
    return sum;
  }

  /** This times a number. */
  public Tensors times(double factor) {
    Tensors product = copy();
    product.parts.forEach(
        part -> {
          for (int i = 0; i < part.length; i++) {
            part[i] *= factor;
          }
        });
    return product;
  }

  /** The sum of products with another's elements. */
  public double dot(Tensors other) {
    double sum = 0;
    for (int p = 0; p < parts.size(); p++) {
      sum += dot(parts.get(p), other.parts.get(p));
    }
    return sum;
  }

  /** The sum of products of two arrays. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The Euclidean norm. */
  public double norm() {
    return Math.sqrt(dot(this));
  }

  /** How many numbers there are. */
  public long size() {
    return parts.stream().mapToLong(part -> part.length).sum();
  }

  /** Whether all are finite. */
  public boolean isFinite() {
    return parts.stream().allMatch(part -> Arrays.stream(part).allMatch(Double::isFinite));
  }
}
