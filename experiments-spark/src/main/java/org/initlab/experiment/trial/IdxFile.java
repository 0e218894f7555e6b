package org.initlab.experiment.trial;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The IDX format in which MNIST is published: two zero bytes, the type of the elements (8 for
 * bytes), the number of dimensions, each length as a big-endian int, then the elements.
 *
 * @param lengths of the dimensions
 * @param elements row by row
 */
@SuppressWarnings("ArrayRecordComponent")
record IdxFile(List<Integer> lengths, byte[] elements) {

  /** The content of a file that may be compressed by gzip. */
  static byte[] content(String file, byte[] bytes) throws IOException {
    if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
      return bytes;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IOException(file + " is not a whole gzip file: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the content of an uncompressed file.
   *
   * @param file named in the exception for content that is no IDX of bytes or has another length
   *     than it says
   * @param dimensions that it must have
   */
  static IdxFile of(String file, byte[] content, int dimensions) throws IOException {
    int header = 4 + 4 * dimensions;
    if (content.length < header) {
      throw new IOException(
          file + " is cut off: " + content.length + " bytes, less than its header.");
    }
    ByteBuffer buffer = ByteBuffer.wrap(content);
    int magic = buffer.getInt();
    if (magic != (0x800 | dimensions)) {
      throw new IOException(
          String.format(
              "%s starts with %08x, not with %08x: it is no IDX file of bytes in %d dimensions.",
              file, magic, 0x800 | dimensions, dimensions));
    }
    Integer[] lengths = new Integer[dimensions];
    long size = 1;
    for (int i = 0; i < dimensions; i++) {
      lengths[i] = buffer.getInt();
      if (lengths[i] < 1 || size > Integer.MAX_VALUE) {
        throw new IOException(file + " says that a dimension has length " + lengths[i] + ".");
      }
      size *= lengths[i];
    }
    if (size != content.length - header) {
      throw new IOException(
          file
              + " says that it has "
              + size
              + " elements of data but has "
              + (content.length - header)
              + ".");
    }
    return new IdxFile(List.of(lengths), Arrays.copyOfRange(content, header, content.length));
  }
}
