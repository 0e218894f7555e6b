package org.initlab.device.cuda;

import com.sun.jna.Memory;
import java.util.Objects;
import java.util.function.Consumer;

/** An array in a GPU's memory. To be closed. */
public final class DeviceMemory implements AutoCloseable {

  private final CudaDevice device;
  private final long address;
  private final long bytes;

  DeviceMemory(CudaDevice device, long address, long bytes) {
    this.device = device;
    this.address = address;
    this.bytes = bytes;
  }

  /** Where it is, for a kernel. */
  long address() {
    return address;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** Copies numbers to the place {@code at}, counted in numbers. */
  public void put(long at, float... values) {
    put(at, Float.BYTES, values.length, host -> host.write(0, values, 0, values.length));
  }

  /** The same for whole numbers. */
  public void put(long at, int... values) {
    put(at, Integer.BYTES, values.length, host -> host.write(0, values, 0, values.length));
  }

  /** The same for numbers of double precision. */
  public void put(long at, double... values) {
    put(at, Double.BYTES, values.length, host -> host.write(0, values, 0, values.length));
  }

  private void put(long at, long size, long count, Consumer<Memory> fill) {
    long from = offset(at, size, count);
    if (count > 0) {
      try (Memory host = new Memory(count * size)) {
        fill.accept(host);
        device.use().call("cuMemcpyHtoD", address + from, host, host.size());
      }
    }
  }

  /** Copies numbers from the place {@code at} on, when all that was launched is done. */
  public void get(long at, float[] values) {
    get(at, Float.BYTES, values.length, host -> host.read(0, values, 0, values.length));
  }

  /** The same for whole numbers. */
  public void get(long at, int[] values) {
    get(at, Integer.BYTES, values.length, host -> host.read(0, values, 0, values.length));
  }

  /** The same for numbers of double precision. */
  public void get(long at, double[] values) {
    get(at, Double.BYTES, values.length, host -> host.read(0, values, 0, values.length));
  }

  private void get(long at, long size, long count, Consumer<Memory> empty) {
    long from = offset(at, size, count);
    if (count > 0) {
      device.finish();
      try (Memory host = new Memory(count * size)) {
        device.use().call("cuMemcpyDtoH", host, address + from, host.size());
        empty.accept(host);
      }
    }
  }

  /** Copies all of it to another array of the GPU, of at least its size; does not wait. */
  public void copyTo(DeviceMemory other) {
    Objects.checkFromIndexSize(0, bytes, other.bytes);
    device.use().call("cuMemcpyDtoD", other.address, address, bytes);
  }

  /** Makes all bits of its whole words 0. */
  public void clear() {
    device.use().call("cuMemsetD32", address, 0, bytes / Integer.BYTES);
  }

  private long offset(long at, long size, long count) {
    Objects.checkFromIndexSize(at * size, count * size, bytes);
    return at * size;
  }

  @Override
  public void close() {
    device.use().call("cuMemFree", address);
  }
}
