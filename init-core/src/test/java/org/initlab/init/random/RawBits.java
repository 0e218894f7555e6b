package org.initlab.init.random;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes a generator's raw bits to the standard output without end, for a battery of tests: {@code
 * threefry} the elements of one key, {@code keys} the first element of one sibling stream after
 * another, {@code philox} and {@code mt19937} the generators of TensorFlow and PyTorch.
 */
final class RawBits {

  private static final int BLOCK = 1 << 14;

  /** The next numbers of a generator. */
  @FunctionalInterface
  private interface Source {
    void fill(long from, int[] block);
  }

  private RawBits() {}

  public static void main(String[] arguments) throws IOException {
    Source source = source(arguments[0]);
    int[] block = new int[BLOCK];
    ByteBuffer bytes = ByteBuffer.allocate(4 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = new BufferedOutputStream(System.out, 1 << 20)) {
      for (long from = 0; !System.out.checkError(); from += BLOCK) {
        source.fill(from, block);
        bytes.asIntBuffer().put(block);
        out.write(bytes.array());
      }
    }
  }

  private static Source source(String name) {
    Key key = Key.of(2010);
    switch (name) {
      case "threefry":
        return key::bits;
      case "keys":
        return (from, block) -> {
          for (int i = 0; i < block.length; i++) {
            block[i] = key.at("layer", from + i).bits(0);
          }
        };
      case "philox":
        return (from, block) -> {
          for (int i = 0; i < block.length; i += 4) {
            long counter = (from + i) / 4;
            int[] words = {(int) counter, (int) (counter >>> 32), 0, 0};
            Philox.apply(2010, 7, words);
            System.arraycopy(words, 0, block, i, 4);
          }
        };
      case "mt19937":
        Mt19937 twister = new Mt19937(2010);
        return (from, block) -> {
          for (int i = 0; i < block.length; i++) {
            block[i] = twister.bits();
          }
        };
      default:
        throw new IllegalArgumentException(
            "generator must be one of threefry, keys, philox, mt19937, not " + name + ".");
    }
  }
}
