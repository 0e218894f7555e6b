package org.initlab.experiment.numeric;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Floats outside the heap, where OpenBLAS reads and writes them without a copy; aligned to {@value
 * #ALIGNMENT} bytes, zero at first. To be closed. Not for many threads at once.
 */
public final class Block implements AutoCloseable {

  /** A cache line, and the widest vector. */
  private static final int ALIGNMENT = 64;

  private final FloatPointer memory;
  private final FloatPointer start;
  private final int size;

  /** Takes memory for {@code size} floats. */
  public Block(int size) {
    int spare = ALIGNMENT / Float.BYTES;
    this.size = size;
    this.memory = new FloatPointer((long) size + spare);
    long address = memory.address();
    long skipped = (ALIGNMENT - address % ALIGNMENT) % ALIGNMENT / Float.BYTES;
    this.start = memory.getPointer(skipped);
    Pointer.memset(start, 0, (long) size * Float.BYTES);
  }

  public int size() {
    return size;
  }

  /** A block with a copy of these numbers. */
  public static Block of(float[] values) {
    Block block = new Block(values.length);
    block.put(values, values.length);
    return block;
  }

  /** Copies the first {@code n} numbers of an array here. */
  public void put(float[] from, int n) {
    start.put(from, 0, check(n));
  }

  /** Copies the first {@code n} numbers from here to an array. */
  public void get(float[] into, int n) {
    start.get(into, 0, check(n));
  }

  /** Copies {@code n} numbers of an array, from {@code offset} on, to element {@code at} and on. */
  public void put(int at, float[] from, int offset, int n) {
    check(at + n);
    start
        .position(check(at))
        .put(from, offset, n); // a new pointer would be the collector's to free
    start.position(0);
  }

  /** Copies {@code n} numbers from element {@code at} on to an array, to {@code offset} and on. */
  public void get(int at, float[] into, int offset, int n) {
    check(at + n);
    start.position(check(at)).get(into, offset, n);
    start.position(0);
  }

  /** Where element {@code offset} is. */
  FloatPointer at(int offset) {
    return start.getPointer(check(offset));
  }

  private int check(int n) {
    if (n < 0 || n > size) {
      throw new IndexOutOfBoundsException(n + " of " + size + " floats");
    }
    return n;
  }

  @Override
  public void close() {
    memory.close();
  }
}
