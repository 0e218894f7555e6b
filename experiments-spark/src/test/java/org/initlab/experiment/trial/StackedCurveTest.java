package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.initlab.init.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Activations made of ND4J's operations, against the table in double. */
class StackedCurveTest {

  private static final int POINTS = 4001;

  /** From -100 to 100, dense around 0, with very small numbers, 0 and both kinks of hard_tanh. */
  private static float[] points() {
    float[] x = new float[POINTS];
    for (int i = 0; i < POINTS; i++) {
      double t = (i - POINTS / 2) / (POINTS / 2.0);
      x[i] = (float) (100 * t * t * t);
    }
    float[] special = {1e-20f, -1e-20f, 1e-10f, -1e-10f, 1e-6f, -1e-6f, 1, -1, 20, -20, 9, -9};
    System.arraycopy(special, 0, x, 0, special.length);
    return x;
  }

  /** f(s), then f'(s). */
  private static float[][] curve(Activation activation, float... x) {
    INDArray[] a = new INDArray[6];
    for (int i = 0; i < a.length; i++) {
      a[i] = Tape.zeros(1, 1, x.length);
    }
    float[][] found = new float[2][x.length];
    try (Tape tape = new Tape()) {
      StackedCurve curve = new StackedCurve(activation, a[3], a[4], a[5]);
      curve.values(tape, a[0], a[1]);
      curve.backward(tape, a[0], a[1], a[2]);
      HostCopies.put(a[0], 0, x, x.length);
      a[2].assign(1);
      tape.run();
      HostCopies.get(a[1], 0, found[0], x.length);
      HostCopies.get(a[2], 0, found[1], x.length);
    }
    for (INDArray array : a) {
      array.close();
    }
    return found;
  }

  /** 4e-7 of the value, but for GELU, whose 1 + erf(s) loses digits far below 0. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void valuesAndSlopesAreTheTables(Activation activation) {
    float[] x = points();
    float[][] found = curve(activation, x);
    for (int i = 0; i < x.length; i++) {
      double value = activation.of(x[i]);
      double slope = activation.slope(x[i]);
      double floor = activation == Activation.GELU ? 3e-7 * Math.max(1, Math.abs(x[i])) : 1e-30;
      assertThat((double) found[0][i])
          .as("f(%s)", x[i])
          .isCloseTo(value, within(6e-7 * Math.abs(value) + floor));
      assertThat((double) found[1][i])
          .as("f'(%s)", x[i])
          .isCloseTo(slope, within(6e-7 * Math.max(1, Math.abs(slope))));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void whatIsNoNumberStaysSo(Activation activation) {
    assertThat(curve(activation, 0.5f, Float.NaN, 0.5f)[0][1]).isNaN();
  }
}
