package org.initlab.init.theory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.initlab.init.Tensors;

/**
 * The singular values and vectors of the correlation of inputs with what is wanted of the outputs:
 * the modes that a linear network learns one after another, the strongest first.
 *
 * <p>Formula: {@code C = sum over modes of s a b^T}, C being [inputs, outputs]. Source: Saxe,
 * McClelland and Ganguli 2013, section 1.1. They are found by Jacobi rotations of the shorter side
 * (Hestenes 1958), in double precision and in the same bits everywhere: some 10 k^2 n operations a
 * sweep for sides of k and n, and some eight sweeps.
 *
 * <p>Modes of strength 0 (within rounding) are left out. A mode's sign is that of both its vectors
 * together, and is arbitrary.
 *
 * @param modes descending in strength
 */
public record CorrelationModes(List<Mode> modes) {

  private static final int MOST_SWEEPS = 60;

  /** What counts for 0 beside 1: products of two columns, and strengths beside the strongest. */
  private static final double ROUNDING = 1e-13;

  public CorrelationModes {
    modes = List.copyOf(modes);
  }

  /**
   * One mode.
   *
   * @param strength its singular value
   * @param input its direction among the inputs, of length 1
   * @param output its direction among the outputs, of length 1
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Mode(double strength, double[] input, double[] output) {

    /** {@code a^T C b}: how much of this mode is in another correlation of the same sides. */
    public double in(double[] correlation) {
      double sum = 0;
      for (int i = 0; i < input.length; i++) {
        double row = 0;
        for (int o = 0; o < output.length; o++) {
          row += correlation[i * output.length + o] * output[o];
        }
        sum += input[i] * row;
      }
      return sum;
    }
  }

  /**
   * The modes of a correlation.
   *
   * @param correlation row-major, [inputs, outputs]; none of a matrix with an element that is no
   *     finite number
   */
  public static CorrelationModes of(double[] correlation, int inputs, int outputs) {
    for (double element : correlation) {
      if (!Double.isFinite(element)) {
        return new CorrelationModes(List.of());
      }
    }
    boolean tall = inputs >= outputs;
    int k = Math.min(inputs, outputs);
    int n = Math.max(inputs, outputs);
    double[][] columns = new double[k][n];
    double[][] turns = new double[k][k];
    for (int c = 0; c < k; c++) {
      turns[c][c] = 1;
      for (int r = 0; r < n; r++) {
        columns[c][r] = tall ? correlation[r * outputs + c] : correlation[c * outputs + r];
      }
    }
    int sweep = 0;
    while (!turned(columns, turns)) {
      if (++sweep == MOST_SWEEPS) {
        throw new IllegalStateException("Jacobi's rotations did not come to an end.");
      }
    }
    List<Mode> modes = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      double strength = Math.sqrt(Tensors.dot(columns[c], columns[c]));
      double[] direction = columns[c];
      for (int r = 0; r < n && strength > 0; r++) {
        direction[r] /= strength;
      }
      modes.add(new Mode(strength, tall ? direction : turns[c], tall ? turns[c] : direction));
    }
    modes.sort(Comparator.comparingDouble(Mode::strength).reversed());
    double least = modes.isEmpty() ? 0 : ROUNDING * modes.get(0).strength();
    return new CorrelationModes(modes.stream().filter(m -> m.strength() > least).toList());
  }

  /** One sweep; whether all columns were at right angles before it. */
  private static boolean turned(double[][] columns, double[][] turns) {
    boolean done = true;
    for (int p = 0; p < columns.length; p++) {
      for (int q = p + 1; q < columns.length; q++) {
        double a = Tensors.dot(columns[p], columns[p]);
        double b = Tensors.dot(columns[q], columns[q]);
        double c = Tensors.dot(columns[p], columns[q]);
        if (Math.abs(c) <= ROUNDING * Math.sqrt(a * b)) {
          continue;
        }
        done = false;
        double zeta = (b - a) / (2 * c);
        double t = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + t * t);
        turn(columns[p], columns[q], cosine, cosine * t);
        turn(turns[p], turns[q], cosine, cosine * t);
      }
    }
    return done;
  }

  private static void turn(double[] p, double[] q, double cosine, double sine) {
    for (int i = 0; i < p.length; i++) {
      double old = p[i];
      p[i] = cosine * old - sine * q[i];
      q[i] = sine * old + cosine * q[i];
    }
  }
}
