package org.initlab.init.theory;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.initlab.init.Activation;

/**
 * Pair integrals of any activation, from its Hermite coefficients at two variances.
 *
 * <p>Formula: E[f(x) f(y)] = sum a_n b_n c^n with a_n = E[f(sqrt(q1) z) He_n(z)] / sqrt(n!), and
 * b_n the same with q2. Source: Mehler's formula; Daniely, Frostig and Singer 2016. The sum of all
 * terms is known, and so is what a truncated series leaves out: where that matters, near |c| = 1, a
 * {@link DiagonalRule} takes over.
 *
 * <p>It is not closed: coefficients come from Gauss-Legendre panels, split at 0 and at the powers
 * of two below one half and at 1, where activations have their kinks.
 */
final class HermiteSeries implements PairIntegral {

  /** A multiple of four nodes, by which sums go. */
  private static final GaussLegendre RULE = GaussLegendre.of(16);

  /** Panels reach this many deviations and are at most this wide. */
  private static final double REACH = 12;

  private static final double WIDTH = 0.5;

  /** Terms are doubled up to this number while the series has not converged at c = 1. */
  private static final int MOST_TERMS = 512;

  private static final int LEAST_TERMS = 64;

  /** What neglected terms may weigh, relative to the sum of all; and what rounding weighs. */
  private static final double NEGLIGIBLE = 1e-14;

  private static final double ROUNDING = 2e-14;

  private final Activation activation;
  private final double s1;
  private final double s2;
  private final double[] terms;
  private final double join;

  private HermiteSeries(
      Activation activation, double s1, double s2, double[] terms, double neglected) {
    this.activation = activation;
    this.s1 = s1;
    this.s2 = s2;
    this.terms = terms;
    this.join =
        neglected <= ROUNDING ? 1 : Math.pow(neglected / NEGLIGIBLE, -1.0 / (terms.length - 1));
  }

  static HermiteSeries of(Activation f, double q1, double q2) {
    Variances.requireLength(q1);
    Variances.requireLength(q2);
    double s1 = Math.sqrt(q1);
    double s2 = Math.sqrt(q2);
    double[] edges = edges(s1, s2);
    int n = RULE.size() * (edges.length - 1);
    double[] z = new double[n];
    double[] weight = new double[n];
    for (int i = 0; i < n; i++) {
      double from = edges[i / RULE.size()];
      double half = (edges[i / RULE.size() + 1] - from) / 2;
      z[i] = from + half * (1 + RULE.nodes()[i % RULE.size()]);
      weight[i] =
          half
              * RULE.weights()[i % RULE.size()]
              * Math.exp(-z[i] * z[i] / 2)
              / Math.sqrt(2 * Math.PI);
    }
    Side one = Side.of(f, s1, z, weight);
    Side two = q1 == q2 ? one : Side.of(f, s2, z, weight);
    double all = 0;
    for (int i = 0; i < n; i++) {
      all += (one.plus[i] * two.plus[i] + one.minus[i] * two.minus[i]) * weight[i];
    }
    double[] terms = terms(one, two, z, all);
    double size = 0;
    double rest = all;
    for (double term : terms) {
      size += Math.abs(term);
      rest -= term;
    }
    return new HermiteSeries(f, s1, s2, terms, size == 0 ? 0 : Math.abs(rest) / size);
  }

  @Override
  public double of(double c) {
    if (c > join) {
      DoubleUnaryOperator f = activation::of;
      return DiagonalRule.of(f, f, s1, s2, c);
    }
    if (c < -join) {
      return DiagonalRule.of(activation::of, y -> activation.of(-y), s1, s2, -c);
    }
    double sum = 0;
    for (int k = terms.length - 1; k >= 0; k--) {
      sum = sum * c + terms[k];
    }
    return sum;
  }

  @Override
  public double slope(double c) {
    if (c > join) {
      DoubleUnaryOperator f = activation::slope;
      return DiagonalRule.of(f, f, s1, s2, c);
    }
    if (c < -join) {
      return DiagonalRule.of(activation::slope, y -> activation.slope(-y), s1, s2, -c);
    }
    double sum = 0;
    for (int k = terms.length - 1; k >= 1; k--) {
      sum = sum * c + k * terms[k];
    }
    return sum / (s1 * s2);
  }

  /** Panels in deviations: uniform, finer towards 0 where the activation changes fast. */
  private static double[] edges(double s1, double s2) {
    DoubleStream uniform =
        IntStream.rangeClosed(0, (int) Math.round(REACH / WIDTH)).mapToDouble(i -> i * WIDTH);
    DoubleStream fine =
        DoubleStream.of(s1, s2)
            .flatMap(
                s ->
                    IntStream.rangeClosed(-1, Math.max(-1, Math.getExponent(WIDTH * s)))
                        .mapToDouble(k -> Math.scalb(1.0, k) / s));
    DoubleStream ones = DoubleStream.of(1 / s1, 1 / s2);
    return DoubleStream.concat(uniform, DoubleStream.concat(fine, ones))
        .filter(z -> z <= REACH)
        .sorted()
        .distinct()
        .toArray();
  }

  /** The products a_n b_n, as many as convergence at c = 1 to {@code all} needs. */
  private static double[] terms(Side one, Side two, double[] z, double all) {
    int n = z.length;
    double[] before = new double[n];
    double[] now = new double[n];
    Arrays.fill(now, 1);
    double[] terms = new double[MOST_TERMS];
    double sum = 0;
    for (int k = 0; k < MOST_TERMS; k++) {
      double a = one.coefficient(k, now);
      double b = two == one ? a : two.coefficient(k, now);
      terms[k] = a * b;
      sum += terms[k];
      if (k + 1 >= LEAST_TERMS
          && Integer.bitCount(k + 1) == 1
          && Math.abs(all - sum) <= NEGLIGIBLE * Math.abs(all)) {
        return Arrays.copyOf(terms, k + 1);
      }
      double root = Math.sqrt(k);
      double divisor = 1 / Math.sqrt(k + 1.0);
      for (int i = 0; i < n; i++) {
        double next = (z[i] * now[i] - root * before[i]) * divisor;
        before[i] = now[i];
        now[i] = next;
      }
    }
    return terms;
  }

  /** An activation on the nodes z and -z: values, and weighted even and odd parts. */
  private record Side(double[] plus, double[] minus, double[] even, double[] odd) {

    static Side of(Activation f, double s, double[] z, double[] weight) {
      int n = z.length;
      Side side = new Side(new double[n], new double[n], new double[n], new double[n]);
      for (int i = 0; i < n; i++) {
        side.plus[i] = f.of(s * z[i]);
        side.minus[i] = f.of(-s * z[i]);
        side.even[i] = weight[i] * (side.plus[i] + side.minus[i]);
        side.odd[i] = weight[i] * (side.plus[i] - side.minus[i]);
      }
      return side;
    }

    double coefficient(int k, double[] hermite) {
      double[] part = k % 2 == 0 ? even : odd;
      // Four sums side by side: one alone would wait for each addition.
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      for (int i = 0; i < part.length; i += 4) {
        a += part[i] * hermite[i];
        b += part[i + 1] * hermite[i + 1];
        c += part[i + 2] * hermite[i + 2];
        d += part[i + 3] * hermite[i + 3];
      }
      return a + b + c + d;
    }
  }
}
