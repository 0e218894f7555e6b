package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path parent;

  @Test
  void keepsStudyAndProvenance() throws IOException {
    RunFolder run = RunFolder.of(parent.resolve("a run")).create();
    assertThat(run.exists()).isFalse();
    run.writeStudy("question: ünd?\n");
    run.writeStudy("question: and?\n");
    run.writeProvenance("{}");
    assertThat(run.exists()).isTrue();
    assertThat(run.readStudy()).isEqualTo("question: and?\n");
    assertThat(run.readProvenance()).isEqualTo("{}");
    assertThat(parent.resolve("a run")).isDirectoryNotContaining("glob:**.{crc,tmp}");
  }

  @Test
  void cleansOnlyOldTemporaryFiles() throws IOException {
    RunFolder run = RunFolder.of(parent).create();
    run.writeStudy("x");
    Instant start = Instant.now();
    Path old = Files.createFile(parent.resolve("trials/.part-1.parquet-2.tmp"));
    Files.setLastModifiedTime(old, FileTime.from(start.minusSeconds(60)));
    Path young = Files.createFile(parent.resolve("trials/.part-3.parquet-4.tmp"));
    Files.setLastModifiedTime(young, FileTime.from(start.plusSeconds(60)));
    assertThat(run.cleanLeftovers(start)).isEqualTo(1);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(run.exists()).isTrue();
  }
}
