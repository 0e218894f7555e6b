package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
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
}
