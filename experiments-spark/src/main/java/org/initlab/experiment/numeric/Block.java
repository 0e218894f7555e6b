package org.initlab.experiment.numeric;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Floats outside the heap, where OpenBLAS reads and writes them without a copy; aligned to {@value
 * #ALIGNMENT} bytes, zero at first. Those of a matrix may lie in rows that each start at a cache
 * line; numbers are counted, put and got without what lies between such rows. To be closed. Not for
 * many threads at once.
 */
public final class Block implements AutoCloseable {

  /** A cache line, and the widest vector. */
  private static final int ALIGNMENT = 64;

  /** Floats in one. */
  private static final int LINE = ALIGNMENT / Float.BYTES;

  /** Rows are spread out where that takes no more than one part in so many. */
  private static final int LEAST_SHARE = 8;

  private final FloatPointer memory;
  private final FloatPointer start;

  /** The same memory, where Java copies without a native call; null if it is over 2 GiB. */
  private final FloatBuffer near;

  private final int size;
  private final int columns;
  private final int stride;

  /** Takes memory for {@code size} floats. */
  public Block(int size) {
    this(size, size, size);
  }

  private Block(int size, int columns, int stride) {
    this.size = size;
    this.columns = columns;
    this.stride = stride;
    long room = columns == 0 ? 0 : (long) size / columns * stride;
    this.memory = new FloatPointer(room + LINE);
    long address = memory.address();
    long skipped = (ALIGNMENT - address % ALIGNMENT) % ALIGNMENT / Float.BYTES;
    this.start = memory.getPointer(skipped);
    Pointer.memset(start, 0, room * Float.BYTES);
    this.near = room * Float.BYTES > Integer.MAX_VALUE ? null : start.limit(room).asBuffer();
  }

  /**
   * A matrix with a copy of these numbers, each row of which starts at a cache line where that
   * takes at most an eighth more memory: a vector that spans two lines costs two reads.
   */
  public static Block ofRows(float[] values, int columns) {
    if (columns < 1 || values.length % columns != 0) {
      throw new IllegalArgumentException(values.length + " floats in rows of " + columns);
    }
    int whole = (columns + LINE - 1) / LINE * LINE;
    Block block =
        new Block(
            values.length, columns, whole - columns <= columns / LEAST_SHARE ? whole : columns);
    block.put(values, values.length);
    return block;
  }

  public int size() {
    return size;
  }

  /** Floats from the start of a row to that of the next. */
  public int stride() {
    return stride;
  }

  /** A block with a copy of these numbers. */
  public static Block of(float[] values) {
    Block block = new Block(values.length);
    block.put(values, values.length);
    return block;
  }

  /** Copies the first {@code n} numbers of an array here. */
  public void put(float[] from, int n) {
    put(0, from, 0, n);
  }

  /** Copies the first {@code n} numbers from here to an array. */
  public void get(float[] into, int n) {
    get(0, into, 0, n);
  }

  /** Copies {@code n} numbers of an array, from {@code offset} on, to element {@code at} and on. */
  public void put(int at, float[] from, int offset, int n) {
    check(at);
    check(at + n);
    for (int done = 0; done < n; ) {
      int part = Math.min(n - done, together(at + done));
      copyIn(place(at + done), from, offset + done, part);
      done += part;
    }
  }

  /** Copies {@code n} numbers from element {@code at} on to an array, to {@code offset} and on. */
  public void get(int at, float[] into, int offset, int n) {
    check(at);
    check(at + n);
    for (int done = 0; done < n; ) {
      int part = Math.min(n - done, together(at + done));
      copyOut(place(at + done), into, offset + done, part);
      done += part;
    }
  }

  /** How many numbers from {@code at} on lie without a gap. */
  private int together(int at) {
    return stride == columns ? size - at : columns - at % columns;
  }

  private void copyIn(long place, float[] from, int offset, int n) {
    if (near != null) {
      near.put((int) place, from, offset, n);
    } else {
      // The one pointer, moved: a new one for each copy would be the collector's to free.
      start.position(place).put(from, offset, n);
      start.position(0);
    }
  }

  private void copyOut(long place, float[] into, int offset, int n) {
    if (near != null) {
      near.get((int) place, into, offset, n);
    } else {
      start.position(place).get(into, offset, n);
      start.position(0);
    }
  }

  private long place(int at) {
    return stride == columns ? at : (long) at / columns * stride + at % columns;
  }

  /** Where element {@code offset} is. */
  FloatPointer at(int offset) {
    return start.getPointer(place(check(offset)));
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
