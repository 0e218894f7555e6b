package org.initlab.experiment.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;

/**
 * A file for other programs, on any file system that Hadoop knows: it is there when all of it is
 * ({@link Commit}). A killed writer leaves at most a hidden temporary file beside it.
 *
 * @param place where it is
 */
public record WholeFile(Place place) {

  /** What writes the content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Whether something of its name is there. */
  public boolean exists() throws IOException {
    return place.exists();
  }

  /** Puts the file in place, and the folder that it lies in; one of its name is replaced. */
  public void write(Content content) throws IOException {
    Place parent =
        place.parent().orElseThrow(() -> new IOException(place + " is not the name of a file"));
    Folder folder = parent.folder();
    folder.create();
    folder.write(
        place.name(),
        (temporary, hadoop) -> {
          try (FSDataOutputStream out = temporary.getFileSystem(hadoop).create(temporary, true)) {
            content.writeTo(out);
          }
        });
  }
}
