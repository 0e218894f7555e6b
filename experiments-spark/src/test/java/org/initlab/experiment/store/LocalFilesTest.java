package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {

  @TempDir private java.nio.file.Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "its files have no such permissions")
  void permissionsAreThoseThatHadoopNames() throws IOException {
    java.nio.file.Path file = Files.createFile(folder.resolve("a file"));
    Path path = new Path(file.toUri());
    FileSystem files = path.getFileSystem(HadoopSettings.here().configuration());
    assertThat(files).isInstanceOf(LocalFiles.class);
    for (String rights : new String[] {"rw-r-----", "r--------", "rwxrwxrwx"}) {
      files.setPermission(path, FsPermission.valueOf("-" + rights));
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(rights);
    }
  }

  @Test
  void otherFileSystemsFindThemAndNoChecksumLiesBeside() throws IOException {
    FileSystem local = FileSystem.getLocal(HadoopSettings.here().configuration());
    Path file = new Path(folder.resolve("sub/file").toUri());
    try (FSDataOutputStream out = local.create(file)) {
      out.write(7);
      out.hsync();
    }
    local.rename(file, new Path(folder.resolve("sub/renamed").toUri()));

    assertThat(local).isInstanceOf(LocalFiles.class);
    try (Stream<java.nio.file.Path> files = Files.list(folder.resolve("sub"))) {
      assertThat(files).containsExactly(folder.resolve("sub/renamed"));
    }
  }
}
