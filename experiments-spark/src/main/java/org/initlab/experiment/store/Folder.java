package org.initlab.experiment.store;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * One folder of whole files: a reader sees a file when all of it is there. Where a rename is atomic
 * ({@link Commit}) a file is written under a name that readers pass over and then gets its own,
 * replacing what had it; a local folder is synced and renamed by the JDK. On an object store the
 * file is made here and put there at once.
 */
record Folder(URI uri, HadoopSettings settings) {

  /** What a file's content is written by. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path temporary, Configuration configuration) throws IOException;
  }

  /** A whole file. */
  record Entry(String name, long length, long modified) {}

  Configuration hadoop() {
    return settings.configuration();
  }

  Path path(String name) {
    return new Path(new Path(uri), name);
  }

  boolean local() {
    return uri.getScheme() == null || uri.getScheme().equals("file");
  }

  FileSystem fileSystem() throws IOException {
    return new Path(uri).getFileSystem(hadoop());
  }

  void create() throws IOException {
    if (!fileSystem().mkdirs(new Path(uri))) {
      throw new IOException("Cannot create the folder " + uri);
    }
  }

  /** Puts a file in place, replacing one of its name; after an exception nothing is left of it. */
  void write(String name, Content content) throws IOException {
    if (!local() && Commit.of(uri.getScheme(), hadoop()) == Commit.BY_PUT) {
      put(name, content);
      return;
    }
    Path temporary = path("." + name + "-" + UUID.randomUUID() + ".tmp");
    try {
      fill(temporary, path(name), content);
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

  /** Writes a content. Of what this machine's disk refuses Hadoop makes an Error. */
  private void fill(Path temporary, Path named, Content content) throws IOException {
    try {
      content.writeTo(temporary, hadoop());
    } catch (FSError | IOException | RuntimeException e) {
      Throwable refused = e;
      while (refused != null && !(refused instanceof FSError)) {
        refused = refused.getCause(); // Parquet wraps what its closing meets
      }
      if (refused == null) {
        throw e;
      }
      FsStatus disk = temporary.getFileSystem(hadoop()).getStatus(named.getParent());
      IOException said =
          new IOException(
              String.format(
                  Locale.ROOT,
                  "Cannot write %s: %s. %.1f of %.1f MiB are free there.",
                  named,
                  refused.getCause().getMessage(),
                  disk.getRemaining() / 0x1p20,
                  disk.getCapacity() / 0x1p20));
      said.addSuppressed(e);
      throw said;
    }
  }

  private void put(String name, Content content) throws IOException {
    java.nio.file.Path here = Files.createTempDirectory("initlab-put");
    java.nio.file.Path file = here.resolve("whole");
    try {
      Path whole = new Path(file.toUri());
      fill(whole, whole, content);
      try (InputStream in = Files.newInputStream(file)) {
        FSDataOutputStream out = fileSystem().create(path(name), true);
        try {
          in.transferTo(out);
        } catch (IOException | RuntimeException e) {
          if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
            out.abort(); // closing would put what was sent so far
          }
          throw e;
        }
        out.close();
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(here);
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

  /** The text of a file; nothing if there is none. */
  Optional<String> text(String name) throws IOException {
    try {
      return Optional.of(readText(name));
    } catch (FileNotFoundException none) {
      return Optional.empty();
    }
  }

  boolean has(String name) throws IOException {
    return fileSystem().exists(path(name));
  }

  /** Removes a file, if it is there. */
  void delete(String name) throws IOException {
    FileSystem files = fileSystem();
    if (!files.delete(path(name), false) && files.exists(path(name))) {
      throw new IOException("Cannot delete " + path(name));
    }
  }

  private void move(Path from, Path to) throws IOException {
    if (!local()) {
      FileContext.getFileContext(from.toUri(), hadoop()).rename(from, to, Options.Rename.OVERWRITE);
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
    if (File.separatorChar == '/') { // a folder can be synced on POSIX only
      try (FileChannel folder = FileChannel.open(source.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /** Whole files whose names end so, in the order of their names. */
  List<Entry> entries(String suffix) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (FileStatus file : list()) {
      String name = file.getPath().getName();
      if (name.endsWith(suffix) && !name.startsWith(".") && !name.startsWith("_")) {
        entries.add(new Entry(name, file.getLen(), file.getModificationTime()));
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  /** Names of the folders in this one, in their order. */
  List<String> folders() throws IOException {
    List<String> names = new ArrayList<>();
    for (FileStatus file : list()) {
      if (file.isDirectory()) {
        names.add(file.getPath().getName());
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
