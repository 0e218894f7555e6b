package org.initlab.experiment.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * One folder of whole files: a file is written under a name that readers pass over and gets its own
 * name when it is on the disk. A local folder is synced and renamed by the JDK (atomic, replacing);
 * any other goes through Hadoop's file systems.
 */
record Folder(URI uri) {

  private static final Configuration CONFIGURATION = configuration();

  private static Configuration configuration() {
    Configuration configuration = new Configuration();
    // Without checksum side files; not cached, since the cache may hold the kind with them.
    configuration.setIfUnset("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    configuration.set("fs.file.impl.disable.cache", "true");
    return configuration;
  }

  /** What a file's content is written by. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path temporary, Configuration configuration) throws IOException;
  }

  static Configuration hadoop() {
    return CONFIGURATION;
  }

  Path path(String name) {
    return new Path(new Path(uri), name);
  }

  private boolean local() {
    return uri.getScheme() == null || uri.getScheme().equals("file");
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(uri).getFileSystem(CONFIGURATION);
  }

  void create() throws IOException {
    if (!fileSystem().mkdirs(new Path(uri))) {
      throw new IOException("Cannot create the folder " + uri);
    }
  }

  /** Puts a file in place, replacing one of its name; after an exception nothing is left of it. */
  void write(String name, Content content) throws IOException {
    Path temporary = path("." + name + "-" + UUID.randomUUID() + ".tmp");
    try {
      content.writeTo(temporary, CONFIGURATION);
      move(temporary, path(name));
    } catch (IOException | RuntimeException e) {
      try {
        fileSystem().delete(temporary, false);
      } catch (IOException cleaning) {
        e.addSuppressed(cleaning);
      }
      throw e;
    }
  }

  void writeText(String name, String text) throws IOException {
    write(
        name,
        (temporary, configuration) -> {
          try (FSDataOutputStream out =
              temporary.getFileSystem(configuration).create(temporary, true)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.hsync();
          }
        });
  }

  String readText(String name) throws IOException {
    try (FSDataInputStream in = fileSystem().open(path(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  boolean has(String name) throws IOException {
    return fileSystem().exists(path(name));
  }

  private void move(Path from, Path to) throws IOException {
    if (!local()) {
      FileContext.getFileContext(from.toUri(), CONFIGURATION)
          .rename(from, to, Options.Rename.OVERWRITE);
      return;
    }
    java.nio.file.Path source = Paths.get(from.toUri().getPath());
    try (FileChannel file = FileChannel.open(source, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(
        source,
        Paths.get(to.toUri().getPath()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    if (java.io.File.separatorChar == '/') { // a folder can be synced on POSIX only
      try (FileChannel folder = FileChannel.open(source.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /** Whole files whose names end so, in the order of their names. */
  List<String> names(String suffix) throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      if (name.endsWith(suffix) && !name.startsWith(".") && !name.startsWith("_")) {
        names.add(name);
      }
    }
    names.sort(null);
    return names;
  }

  /** Removes what a killed writer left half-written before {@code start}; says how many files. */
  int clean(Instant start) throws IOException {
    int removed = 0;
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      if (name.startsWith(".")
          && name.endsWith(".tmp")
          && file.getModificationTime() < start.toEpochMilli()
          && fileSystem().delete(file.getPath(), false)) {
        removed++;
      }
    }
    return removed;
  }

  private FileStatus[] list() throws IOException {
    try {
      return fileSystem().listStatus(new Path(uri));
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }
}
