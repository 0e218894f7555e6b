package org.initlab.init.nd4j;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j's two orders of axes: a dense kernel is [in, out] like ours, a convolution is
 * [out, in, kernel...] where ours is [kernel..., in, out].
 */
final class Layout {

  private Layout() {}

  /** The units that an array of Deeplearning4j joins. */
  static WeightShape shape(INDArray array) {
    return shape(array.shape());
  }

  /** The units that an array of these lengths joins. */
  static WeightShape shape(long[] lengths) {
    return lengths.length == 2
        ? WeightShape.dense(lengths[0], lengths[1])
        : WeightShape.convolution(
            lengths[1], lengths[0], LongStream.of(lengths).skip(2).boxed().toArray(Long[]::new));
  }

  /** A copy of an array of Deeplearning4j, in our layout. */
  static Weights weights(INDArray array) {
    INDArray ours = array.rank() == 2 ? array : array.permute(toOurs(array.rank()));
    return new Weights(ours.shape().clone(), ours.dup('c').data().asFloat());
  }

  /** A new array in the layout of Deeplearning4j. */
  static INDArray array(Weights weights, DataType type) {
    INDArray ours = Nd4j.createFromArray(weights.values()).reshape('c', weights.shape());
    INDArray theirs = ours.rank() == 2 ? ours : ours.permute(toTheirs(ours.rank()));
    return theirs.castTo(type);
  }

  /** [out, in, k1, ..., kd] to [k1, ..., kd, in, out]. */
  private static int[] toOurs(int rank) {
    return IntStream.range(0, rank).map(i -> i < rank - 2 ? i + 2 : rank - 1 - i).toArray();
  }

  /** [k1, ..., kd, in, out] to [out, in, k1, ..., kd]. */
  private static int[] toTheirs(int rank) {
    return IntStream.range(0, rank).map(i -> i < 2 ? rank - 1 - i : i - 2).toArray();
  }
}
