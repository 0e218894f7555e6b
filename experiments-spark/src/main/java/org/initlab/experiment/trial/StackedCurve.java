package org.initlab.experiment.trial;

import org.initlab.init.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Cos;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sin;

/**
 * Activations as ND4J operations in place, for all of the table {@link Activation}. ND4J's own
 * tanh, ELU, softplus, expm1 and log1p are made of e^x and log x alone, and lose the digits of
 * small arguments (tanh(1e-6) is 1.3 % off, tanh(1e-20) is 0); here they are quotients of
 * polynomials.
 *
 * @param activation which
 * @param a room of the shape of s
 * @param b more
 * @param c more
 */
record StackedCurve(Activation activation, INDArray a, INDArray b, INDArray c) {

  /** tanh is 1 in single precision from here on. */
  private static final double FLAT = 9;

  /** Beyond, mish is the identity in single precision. */
  private static final double MISH_FLAT = 20;

  private static final double SELU_FACTOR = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  /** tanh h / h is the first over the second as polynomials of h^2, to 7e-9 for |h| up to 9. */
  private static final double[] OVER = {
    9.999999934e-01,
    1.308400951e-01,
    3.103955579e-03,
    1.115430233e-05,
    -2.022520575e-08,
    5.277940883e-11,
    -8.488696144e-14
  };

  private static final double[] UNDER = {1, 4.641733661e-01, 2.449517579e-02, 2.546144338e-04};

  /** Puts {@code z = f(s)} on the tape. */
  void values(Tape tape, INDArray s, INDArray z) {
    switch (activation) {
      case IDENTITY -> tape.scale(s, 1, z);
      case RELU -> positive(tape, s, z);
      case LEAKY_RELU -> tape.scale(s, 0.01, a).put("maximum", z, s, a);
      case HARD_TANH -> clip(tape, s, -1, 1, z);
      case SOFTSIGN -> tape.put(new Abs(s, a)).shift(a, 1, a).put("divide", z, s, a);
      case SIGMOID -> tape.put("sigmoid", z, s);
      case SILU -> tape.put("sigmoid", z, s).put("multiply", z, z, s);
      case TANH -> {
        clip(tape, s, -FLAT, FLAT, c);
        ratio(tape, z);
        tape.put("divide", z, a, b);
      }
      case ELU -> exponentialBelow(tape, s, 1, 1, z);
      case SELU -> exponentialBelow(tape, s, SELU_FACTOR, SELU_ALPHA, z);
      case SOFTPLUS -> softplus(tape, s, z);
      case MISH -> {
        powers(tape, s);
        tape.shift(b, 2, a).put("divide", b, b, a).put("multiply", z, s, b);
      }
      case ERF -> tape.put(new Erf(s, z));
      case GELU -> {
        normalCdf(tape, s);
        tape.put("multiply", z, s, a);
      }
      case SIN -> tape.put(new Sin(s, z));
    }
  }

  /** Puts {@code d = d f'(s)} on the tape, with {@code z = f(s)}. */
  void backward(Tape tape, INDArray s, INDArray z, INDArray d) {
    switch (activation) {
      case IDENTITY -> {
        return;
      }
      case RELU -> tape.put(step(s, a));
      case LEAKY_RELU -> tape.put(step(s, a)).put(new ScalarMax(a, null, a, 0.01f));
      case HARD_TANH -> tape.put(new Abs(s, b)).oneLess(b, b).put(step(b, a));
      case SOFTSIGN -> {
        tape.put(new Abs(s, b)).shift(b, 1, b).put("multiply", b, b, b).put("divide", d, d, b);
        return;
      }
      case SIGMOID -> tape.oneLess(z, a).put("multiply", a, a, z);
      case SILU ->
          tape.scale(s, -1, a)
              .put("sigmoid", a, a)
              .put("multiply", a, a, s)
              .shift(a, 1, a)
              .put("sigmoid", b, s)
              .put("multiply", a, a, b);
      case TANH -> tape.put("multiply", a, z, z).oneLess(a, a);
      case ELU -> slopeBelow(tape, s, 1, 1);
      case SELU -> slopeBelow(tape, s, SELU_FACTOR, SELU_ALPHA);
      case SOFTPLUS -> tape.put("sigmoid", a, s);
      case MISH -> mishSlope(tape, s);
      case ERF -> bell(tape, s, 1, 2 / Math.sqrt(Math.PI), a);
      case GELU -> {
        normalCdf(tape, s);
        bell(tape, s, 0.5, 1 / Math.sqrt(2 * Math.PI), b);
        tape.put("multiply", b, b, s).put("add", a, a, b);
      }
      case SIN -> tape.put(new Cos(s, a));
    }
    tape.put("multiply", d, d, a);
  }

  /** Writes tanh h as a / b, h being in c. */
  private void ratio(Tape tape, INDArray room) {
    tape.put("multiply", room, c, c)
        .polynomial(room, a, OVER)
        .put("multiply", a, a, c)
        .polynomial(room, b, UNDER);
  }

  /** {@code e^s - 1 = 2 t / (1 - t)} with {@code t = tanh(s / 2)}. */
  private void exponentialBelow(Tape tape, INDArray s, double factor, double alpha, INDArray z) {
    clip(tape, s, -2 * FLAT, 0, c);
    tape.scale(c, 0.5, c);
    ratio(tape, z);
    tape.put("subtract", b, b, a).put("divide", a, a, b).scale(a, 2 * factor * alpha, a);
    positive(tape, s, z);
    tape.scale(z, factor, z).put("add", z, z, a);
  }

  private void slopeBelow(Tape tape, INDArray s, double factor, double alpha) {
    clip(tape, s, -100, 0, a);
    tape.put(new Exp(a, a))
        .scale(a, factor * alpha, a)
        .put(step(s, b))
        .scale(b, factor, c)
        .oneLess(b, b)
        .put("multiply", a, a, b)
        .put("add", a, a, c);
  }

  /** {@code max(s, 0) + 2 artanh(e / (2 + e))} with {@code e = e^-|s|}, artanh by its series. */
  private void softplus(Tape tape, INDArray s, INDArray z) {
    tape.put(new Abs(s, a))
        .scale(a, -1, a)
        .put(new Exp(a, a))
        .shift(a, 2, b)
        .put("divide", a, a, b)
        .put("multiply", b, a, a)
        .polynomial(b, c, 1, 1 / 3.0, 1 / 5.0, 1 / 7.0, 1 / 9.0, 1 / 11.0, 1 / 13.0)
        .put("multiply", c, c, a)
        .scale(c, 2, c);
    positive(tape, s, z);
    tape.put("add", z, z, c);
  }

  /** Writes e^s to a and {@code w = e^s (e^s + 2)} to b; s, held below where w overflows, to c. */
  private void powers(Tape tape, INDArray s) {
    clip(tape, s, -100, MISH_FLAT, c);
    tape.put(new Exp(c, a)).shift(a, 2, b).put("multiply", b, b, a);
  }

  /** {@code (w (w + 2) + 4 s e^s (e^s + 1)) / (w + 2)^2}. */
  private void mishSlope(Tape tape, INDArray s) {
    powers(tape, s);
    tape.put("multiply", c, c, a)
        .shift(a, 1, a)
        .put("multiply", c, c, a)
        .scale(c, 4, c)
        .shift(b, 2, a)
        .put("multiply", b, b, a)
        .put("add", b, b, c)
        .put("multiply", a, a, a)
        .put("divide", a, b, a);
  }

  private void normalCdf(Tape tape, INDArray s) {
    tape.scale(s, Math.sqrt(0.5), a).put(new Erf(a, a)).shift(a, 1, a).scale(a, 0.5, a);
  }

  /** {@code out = factor e^(-rate s^2)}. */
  private static void bell(Tape tape, INDArray s, double rate, double factor, INDArray out) {
    tape.put("multiply", out, s, s)
        .scale(out, -rate, out)
        .put(new Exp(out, out))
        .scale(out, factor, out);
  }

  /** {@code out = max(in, 0)}, NaN for NaN. */
  private static void positive(Tape tape, INDArray in, INDArray out) {
    tape.put("relu", new double[] {0}, out, in);
  }

  /** NaN for NaN, which ND4J's minimum and maximum with a number are not. */
  private static void clip(Tape tape, INDArray in, double low, double high, INDArray out) {
    tape.put("clipbyvalue", new double[] {low, high}, out, in);
  }

  /** 1 above 0, else 0. */
  private static Step step(INDArray x, INDArray z) {
    return new Step(x, z, 0.0);
  }
}
