package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderTest {

  @TempDir private Path here;

  private static final String FULL =
      "Cannot write \\S+/part-1.parquet: No space left on device."
          + " [0-9.]+ of [0-9.]+ MiB are free there.";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @EnabledOnOs(value = OS.LINUX, disabledReason = "a device that is always full is Linux's")
  void aFullDiskIsSaidWithItsFileAndLeavesNothing(boolean wrapped) throws IOException {
    Folder folder = new Folder(here.toUri(), HadoopSettings.here());

    assertThatIOException()
        .isThrownBy(
            () ->
                folder.write(
                    "part-1.parquet",
                    (temporary, hadoop) -> {
                      Files.writeString(Path.of(temporary.toUri().getPath()), "half of it");
                      try {
                        fill(hadoop);
                      } catch (FSError e) {
                        if (wrapped) {
                          throw new IllegalStateException(e);
                        }
                        throw e;
                      }
                    }))
        .withMessageMatching(FULL);

    try (Stream<Path> left = Files.list(here)) {
      assertThat(left).isEmpty();
    }
  }

  private static void fill(Configuration hadoop) throws IOException {
    var full = new org.apache.hadoop.fs.Path("file:///dev/full");
    try (FSDataOutputStream out = full.getFileSystem(hadoop).create(full)) {
      out.write(new byte[1 << 16]);
    }
  }
}
