package org.initlab.experiment.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A tensor in a file that other tools read: NumPy's .npy, or .csv. */
final class WeightFile {

  private static final int BLOCK = 1 << 14;

  private WeightFile() {}

  /** Refuses a file that could not be written. */
  static void check(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    if (!name.endsWith(".npy") && !name.endsWith(".csv")) {
      throw new IllegalArgumentException("--out must end in .npy or .csv, not \"" + file + "\".");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "--out must be a file in a folder that exists and can be written, not " + file + ".");
    }
  }

  /** Writes a temporary file beside {@code file} and renames it: half a file is never there. */
  static void write(Path file, long[] lengths, float[] values) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path half = folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      if (file.toString().endsWith(".npy")) {
        npy(half, lengths, values);
      } else {
        csv(half, (int) lengths[lengths.length - 1], values);
      }
      Files.move(half, file.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  /**
   * NumPy's format, version 1.0: a magic word, a Python literal padded to 64 bytes, the numbers.
   */
  private static void npy(Path file, long[] lengths, float[] values) throws IOException {
    String shape =
        Arrays.stream(lengths).mapToObj(Long::toString).collect(Collectors.joining(", "));
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
    int padding = 63 - (10 + header.length()) % 64;
    header += " ".repeat(padding) + "\n";
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
      out.write(header.length() & 0xFF);
      out.write(header.length() >> 8);
      out.write(header.getBytes(StandardCharsets.US_ASCII));
      ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int done = 0; done < values.length; done += BLOCK) {
        int n = Math.min(BLOCK, values.length - done);
        block.asFloatBuffer().put(values, done, n);
        out.write(block.array(), 0, n * Float.BYTES);
      }
    }
  }

  /** A line for each run along the last axis. */
  private static void csv(Path file, int columns, float[] values) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < values.length; i++) {
        out.write(Float.toString(values[i]));
        out.write((i + 1) % columns == 0 ? '\n' : ',');
      }
    }
  }
}
