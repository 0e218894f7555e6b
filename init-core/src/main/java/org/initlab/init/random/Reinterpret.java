package org.initlab.init.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Reads the bits of whole numbers as those of floating point numbers, and back, by the block.
 *
 * <p>{@code Float.intBitsToFloat} does the same one by one; the JIT compiler of Java 17 does not
 * vectorize loops that call it, and copies memory at full speed. It is not a conversion of values,
 * and not shared between threads.
 */
final class Reinterpret {

  private final IntBuffer ints;
  private final FloatBuffer floats;

  /** For blocks of at most {@code largest} numbers. */
  Reinterpret(int largest) {
    ByteBuffer bytes = ByteBuffer.allocate(largest * Integer.BYTES).order(ByteOrder.nativeOrder());
    ints = bytes.asIntBuffer();
    floats = bytes.asFloatBuffer();
  }

  /** The first {@code n} numbers of {@code from}, as floats at {@code start} of {@code to}. */
  void toFloats(int[] from, int n, float[] to, int start) {
    ints.put(0, from, 0, n);
    floats.get(0, to, start, n);
  }

  /** The first {@code n} numbers of {@code from}, as whole numbers. */
  void toInts(float[] from, int n, int[] to) {
    floats.put(0, from, 0, n);
    ints.get(0, to, 0, n);
  }
}
