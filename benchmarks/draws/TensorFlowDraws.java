import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Times TensorFlow's stateless draws of 2^24 floats, which are what Keras 3 asks for: one JSON
 * object a line, in milliseconds of processor time. Each draw takes its memory anew, as TensorFlow does.
 */
public final class TensorFlowDraws {

  public static void main(String[] arguments) {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 3;
    for (String law : new String[] {"uniform", "normal", "truncated_normal"}) {
      double[] times = new double[10_000];
      int count = 0;
      long until = 0;
      for (int seed = 0; count < 5 || clock() < until; seed++) {
        // A session a draw frees the draw's memory.
        try (EagerSession session = EagerSession.create()) {
          Ops tf = Ops.create(session);
          long start = clock();
          draw(tf, law, seed).asTensor().getFloat(0);
          if (seed == 0) {
            until = clock() + (long) (seconds * 1e9);
          } else {
            times[count++] = (clock() - start) / 1e6;
          }
        }
      }
      Arrays.sort(times, 0, count);
      System.out.printf(
          Locale.ROOT,
          "{\"peer\": \"TensorFlow %s\", \"law\": \"%s\", \"ms\": %.3f}%n",
          TensorFlow.version(),
          law,
          times[count / 2]);
    }
  }

  /** Processor time of this process, in nanoseconds. */
  private static long clock() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static Operand<TFloat32> draw(Ops tf, String law, long seed) {
    Operand<TInt64> shape = tf.constant(new long[] {1 << 24});
    StatelessRandomGetKeyCounter state =
        tf.random.statelessRandomGetKeyCounter(tf.constant(new long[] {seed, 0}));
    Operand<TInt32> alg = tf.random.statelessRandomGetAlg();
    Operand<TFloat32> scale = tf.constant(0.05f);
    return switch (law) {
      case "uniform" ->
          tf.math.add(
              tf.math.mul(
                  tf.random.statelessRandomUniformV2(shape, state.key(), state.counter(), alg),
                  tf.constant(0.1732f)),
              tf.constant(-0.0866f));
      case "normal" ->
          tf.math.mul(
              tf.random.statelessRandomNormalV2(shape, state.key(), state.counter(), alg), scale);
      default ->
          tf.math.mul(
              tf.random.statelessTruncatedNormalV2(shape, state.key(), state.counter(), alg), scale);
    };
  }
}
