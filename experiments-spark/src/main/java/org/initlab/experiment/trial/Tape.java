package org.initlab.experiment.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarAdd;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMultiplication;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarReverseSubtraction;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A program of ND4J's operations on arrays taken once. Each operation is bound to its arrays when
 * it is put on the tape, so that to run the tape allocates nothing and checks nothing again: some
 * microseconds an operation, on any backend. To be closed before the arrays.
 */
final class Tape implements AutoCloseable {

  private final OpExecutioner executioner = Nd4j.getExecutioner();
  private final List<Runnable> operations = new ArrayList<>();
  private final List<OpContext> contexts = new ArrayList<>();

  /** Does everything that was put here, in that order. */
  void run() {
    for (Runnable operation : operations) {
      operation.run();
    }
  }

  /** An operation by its name in ND4J; {@code out} may be one of {@code in}. */
  Tape put(String name, INDArray out, INDArray... in) {
    return put(DynamicCustomOp.builder(name), out, in);
  }

  /** The same with an operation's numbers. */
  Tape put(String name, double[] numbers, INDArray out, INDArray... in) {
    return put(
        DynamicCustomOp.builder(name)
            .addFloatingPointArguments(Arrays.stream(numbers).boxed().toArray(Double[]::new)),
        out,
        in);
  }

  /** {@code out = a b} for each trial, each side transposed if asked. */
  Tape product(INDArray a, boolean turnA, INDArray b, boolean turnB, INDArray out) {
    return put(
        DynamicCustomOp.builder("matmul").addIntegerArguments(turnA ? 1 : 0, turnB ? 1 : 0, 0),
        out,
        a,
        b);
  }

  /** {@code out} gets the sums of {@code in} over these dimensions; they stay, with length 1. */
  Tape sum(INDArray in, INDArray out, int... dimensions) {
    return put(
        DynamicCustomOp.builder("reduce_sum")
            .addIntegerArguments(dimensions)
            .addBooleanArguments(true),
        out,
        in);
  }

  /** Picks rows along the first dimension. */
  Tape gather(INDArray in, INDArray rows, INDArray out) {
    return put(DynamicCustomOp.builder("gather").addIntegerArguments(0), out, in, rows);
  }

  /** {@code out = in factor}. */
  Tape scale(INDArray in, double factor, INDArray out) {
    return put(new ScalarMultiplication(in, null, out, (float) factor));
  }

  /** {@code out = in + number}. */
  Tape shift(INDArray in, double number, INDArray out) {
    return put(new ScalarAdd(in, null, out, (float) number));
  }

  /** {@code out = 1 - in}. */
  Tape oneLess(INDArray in, INDArray out) {
    return put(new ScalarReverseSubtraction(in, null, out, 1f));
  }

  /** {@code out = c0 + c1 x + c2 x^2 + ...} by Horner's rule; {@code out} is not {@code x}. */
  Tape polynomial(INDArray x, INDArray out, double... c) {
    scale(x, c[c.length - 1], out);
    for (int i = c.length - 2; i > 0; i--) {
      shift(out, c[i], out).put("multiply", out, out, x);
    }
    return shift(out, c[0], out);
  }

  /** An element-wise operation with its arrays. */
  Tape put(Op op) {
    operations.add(() -> executioner.exec(op));
    return this;
  }

  private Tape put(DynamicCustomOp.DynamicCustomOpsBuilder builder, INDArray out, INDArray... in) {
    CustomOp op = builder.addInputs(in).addOutputs(out).build();
    OpContext context = executioner.buildContext();
    context.setInputArrays(in);
    context.setOutputArrays(out);
    context.setTArguments(op.tArgs());
    context.setIArguments(op.iArgs());
    context.setBArguments(op.bArgs());
    contexts.add(context);
    operations.add(() -> executioner.exec(op, context));
    return this;
  }

  /** An array of zeros, row-major, outside of any workspace. */
  static INDArray zeros(long... shape) {
    return Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', shape).assign(0);
  }

  /** A part of an array's memory in another shape. */
  static INDArray view(INDArray whole, long offset, long[] shape, long[] stride) {
    return Nd4j.create(whole.data(), shape, stride, offset, 'c');
  }

  /** {@code rows} as an index for {@link #gather}. */
  static INDArray index(int... rows) {
    return Nd4j.createFromArray(rows);
  }

  @Override
  public void close() {
    operations.clear();
    contexts.forEach(Tape::close);
    contexts.clear();
  }

  private static void close(OpContext context) {
    try {
      context.close();
    } catch (Exception e) {
      throw new IllegalStateException("ND4J did not free an operation's context.", e);
    }
  }
}
