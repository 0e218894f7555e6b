package org.initlab.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachesTest {

  @TempDir private Path folder;

  @Test
  void theDataCachesAreRead() throws IOException {
    cache("index0", "1", "Data", "48K");
    cache("index1", "2", "Instruction", "9M");
    cache("index2", "2", "Unified", "1280K");
    cache("index3", "3", "Unified", "32M");

    assertThat(Caches.in(folder)).isEqualTo(new Caches(1280 << 10, 32 << 20));
  }

  @Test
  void whatCannotBeToldIsZero() throws IOException {
    cache("index2", "2", "Unified", "much");

    assertThat(Caches.in(folder)).isEqualTo(new Caches(0, 0));
    assertThat(Caches.in(folder.resolve("nowhere"))).isEqualTo(new Caches(0, 0));
  }

  private void cache(String index, String level, String type, String size) throws IOException {
    Path cache = Files.createDirectories(folder.resolve(index));
    Files.writeString(cache.resolve("level"), level + "\n");
    Files.writeString(cache.resolve("type"), type + "\n");
    Files.writeString(cache.resolve("size"), size + "\n");
  }
}
