package org.initlab.experiment.store;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * This machine's files as a process sees them that loses the file system after so many changes: as
 * {@code cutrename:} they are renamed, as {@code cutput:} a rename is refused and a file appears
 * when it is closed, as on an object store.
 */
public final class CutFileSystem extends RawLocalFileSystem {

  static final String RENAME = "cutrename";
  static final String PUT = "cutput";

  /** Changes until the cut; negative for no cut. */
  private static final AtomicInteger LEFT = new AtomicInteger(-1);

  private URI uri;

  /** Settings that make both schemes known. */
  static HadoopSettings settings() {
    return new HadoopSettings(
        java.util.Map.of(
            "fs.cutrename.impl", CutFileSystem.class.getName(),
            "fs.AbstractFileSystem.cutrename.impl", CutFs.class.getName(),
            "fs.cutput.impl", CutFileSystem.class.getName(),
            "initlab.commit.cutrename", "rename",
            "initlab.commit.cutput", "put"));
  }

  /** From now on so many changes succeed. */
  static void cutAfter(int changes) {
    LEFT.set(changes);
  }

  /** From now on all changes succeed. */
  static void mend() {
    LEFT.set(-1);
  }

  private static void change(String what) throws IOException {
    if (LEFT.get() == 0) {
      throw new IOException("cut off before: " + what);
    }
    LEFT.updateAndGet(left -> left > 0 ? left - 1 : left);
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    uri = URI.create(name.getScheme() + ":///");
  }

  @Override
  public URI getUri() {
    return uri == null ? super.getUri() : uri;
  }

  @Override
  public String getScheme() {
    return uri == null ? "file" : uri.getScheme();
  }

  /** Nothing here is a link, which Hadoop would start a process for to see. */
  @Override
  public FileStatus getFileLinkStatus(Path file) throws IOException {
    return getFileStatus(file);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(file, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change("create " + file);
    if (!getScheme().equals(PUT)) {
      return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    }
    Path hidden = new Path(file.getParent(), ".upload-" + file.getName());
    FSDataOutputStream out =
        super.create(hidden, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(out, statistics) {
      @Override
      public void close() throws IOException {
        out.close();
        change("put " + file);
        pathToFile(hidden).renameTo(pathToFile(file));
      }
    };
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (getScheme().equals(PUT)) {
      throw new UnsupportedOperationException("an object store copies where others rename");
    }
    change("rename " + to);
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    change("delete " + file);
    return super.delete(file, recursive);
  }

  /** The same for Hadoop's other interface. */
  public static final class CutFs extends DelegateToFileSystem {

    CutFs(URI uri, Configuration configuration) throws Exception {
      super(uri, files(uri, configuration), configuration, RENAME, false);
    }

    private static FileSystem files(URI uri, Configuration configuration) throws IOException {
      CutFileSystem files = new CutFileSystem();
      files.initialize(uri, configuration);
      return files;
    }

    @Override
    public int getUriDefaultPort() {
      return -1;
    }
  }
}
