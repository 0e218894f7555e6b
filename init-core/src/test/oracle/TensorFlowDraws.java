import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.random.StatelessRandomGetKeyCounter;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Draws with the real TensorFlow, in a JVM of its own: its binding needs another JavaCPP than
 * ND4J's. A line of the input is {@code op seed lengths a b file}; the file gets little-endian
 * float32.
 *
 * <p>The ops are those that {@code tf.random.stateless_uniform}, {@code stateless_normal} and {@code
 * stateless_truncated_normal} run for the seed [seed, 0], which is what Keras 3's {@code draw_seed}
 * makes of a whole number: a and b are minval and maxval, or mean and stddev.
 */
public final class TensorFlowDraws {

  public static void main(String[] arguments) throws Exception {
    try (EagerSession session = EagerSession.create();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in))) {
      Ops tf = Ops.create(session);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        long[] lengths = Arrays.stream(words[2].split(",")).mapToLong(Long::parseLong).toArray();
        float a = (float) Double.parseDouble(words[3]);
        float b = (float) Double.parseDouble(words[4]);
        Operand<TFloat32> draws = draw(tf, words[0], Long.parseLong(words[1]), lengths, a, b);
        write(draws.asTensor(), Path.of(words[5]));
      }
    }
  }

  private static Operand<TFloat32> draw(
      Ops tf, String op, long seed, long[] lengths, float a, float b) {
    Operand<TInt64> shape = tf.constant(lengths);
    StatelessRandomGetKeyCounter state =
        tf.random.statelessRandomGetKeyCounter(tf.constant(new long[] {seed, 0}));
    Operand<TInt32> alg = tf.random.statelessRandomGetAlg();
    Operand<TFloat32> first = tf.constant(a);
    Operand<TFloat32> second = tf.constant(b);
    switch (op) {
      case "uniform":
        return tf.math.add(
            tf.math.mul(
                tf.random.statelessRandomUniformV2(shape, state.key(), state.counter(), alg),
                tf.math.sub(second, first)),
            first);
      case "normal":
        return tf.math.add(
            tf.math.mul(
                tf.random.statelessRandomNormalV2(shape, state.key(), state.counter(), alg),
                second),
            first);
      case "truncated_normal":
        return tf.math.add(
            tf.math.mul(
                tf.random.statelessTruncatedNormalV2(shape, state.key(), state.counter(), alg),
                second),
            first);
      default:
        throw new IllegalArgumentException(op);
    }
  }

  private static void write(TFloat32 tensor, Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    tensor.scalars().forEach(x -> bytes.putFloat(x.getFloat()));
    Files.write(file, bytes.array());
  }
}
