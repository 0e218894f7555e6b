package org.initlab.init.theory;

/**
 * Gauss and Legendre's rule: exact on [-1, 1] for polynomials of degree below twice its nodes.
 *
 * <p>Nodes are roots of the Legendre polynomial, found by Newton's method; the weights are 2 / ((1
 * - x^2) P'(x)^2). Source: Abramowitz and Stegun 1964, 25.4.29.
 */
record GaussLegendre(double[] nodes, double[] weights) {

  static GaussLegendre of(int n) {
    double[] nodes = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double x = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 0;
      for (int step = 0; step < 8; step++) {
        double before = 1;
        double value = x;
        for (int k = 2; k <= n; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
          before = value;
          value = next;
        }
        slope = n * (x * value - before) / (x * x - 1);
        x -= value / slope;
      }
      nodes[i] = x;
      weights[i] = 2 / ((1 - x * x) * slope * slope);
    }
    return new GaussLegendre(nodes, weights);
  }

  int size() {
    return nodes.length;
  }
}
