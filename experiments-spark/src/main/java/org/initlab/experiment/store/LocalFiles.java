package org.initlab.experiment.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Files of this machine, without checksum side files. Hadoop starts a process {@code chmod} for
 * each file where it finds no native library of its own; here the JDK sets permissions. It is a
 * {@link LocalFileSystem}, which other file systems of Hadoop ask for by that class: S3A buffers
 * what it uploads in one.
 */
public final class LocalFiles extends LocalFileSystem {

  /** For Hadoop, which makes file systems by their classes' names. */
  public LocalFiles() {
    super(new Plain());
    setVerifyChecksum(false);
    setWriteChecksum(false);
  }

  private static final class Plain extends RawLocalFileSystem {

    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      PosixFileAttributeView file =
          Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
      if (file == null || permission.getStickyBit()) { // not POSIX, or more than POSIX
        super.setPermission(path, permission);
      } else {
        file.setPermissions(PosixFilePermissions.fromString(permission.toString()));
      }
    }
  }
}
