package org.initlab.experiment.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

  @ParameterizedTest
  @CsvSource({
    "hdfs://node:8020/runs/, hdfs://node:8020/runs, runs, hdfs://node:8020/",
    "hdfs://node/a b, hdfs://node/a b, a b, hdfs://node/",
    "s3a://bucket/x/y, s3a://bucket/x/y, y, s3a://bucket/x",
    "file:/tmp/runs, /tmp/runs, runs, /tmp",
    "/tmp/runs/, /tmp/runs, runs, /tmp",
    "hdfs:///runs, hdfs:/runs, runs, hdfs:/"
  })
  void isShownAsItIsTyped(String typed, String shown, String name, String parent) {
    Place place = Place.of(typed);
    assertThat(place).hasToString(shown);
    assertThat(place.name()).isEqualTo(name);
    assertThat(place.parent().orElseThrow()).hasToString(parent);
    assertThat(place.parent().orElseThrow().child(name)).isEqualTo(place);
  }

  @Test
  void aRootHasNoParent() {
    assertThat(Place.of("hdfs://node").parent()).isEmpty();
    assertThat(Place.of("hdfs://node").child("runs")).hasToString("hdfs://node/runs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3a://AKIAKEY:s3cr3t@bucket/runs",
        "s3a://AKIAKEY:s3/cr3t@bucket/runs",
        "s3a://AKIAKEY:s3cr3t+x@bucket/runs",
        "hdfs://alice:s3cr3t@node:8020/runs"
      })
  void aPasswordIsRefusedAndNotRepeated(String typed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Place.of(typed))
        .withMessageContaining("password")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t", "cr3t", "AKIA"));
  }

  @Test
  void aContainerOfAzureIsNoPassword() {
    assertThat(Place.of("abfs://runs@account.dfs.core.windows.net/x").name()).isEqualTo("x");
  }

  @Test
  void settingsDoNotShowThemselves() {
    HadoopSettings settings =
        new HadoopSettings(java.util.Map.of("fs.s3a.secret.key", "s3cr3t", "x", "y"));
    assertThat(settings.toString()).isEqualTo("HadoopSettings[2 keys]");
    assertThat(new RunFolder("s3a://bucket/run", settings).store().toString())
        .doesNotContain("s3cr3t");
  }

  @Test
  void anUnknownSchemeIsToldWithTheNearest() {
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> Place.of("hfds://node/runs").reached())
        .withMessageContaining("scheme 'hfds' is not known")
        .withMessageContaining("Maybe hdfs.");
  }

  @Test
  void aMissingConnectorIsNamed() {
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> Place.of("s3a://bucket/runs").reached())
        .withMessageContaining("hadoop-aws");
  }

  @Test
  void aRefusedConnectionNamesTheServer() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    refusedInTime("hdfs://127.0.0.1:" + port + "/runs", "127.0.0.1:" + port);
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String server = "127.0.0.1:" + silent.getLocalPort();
      refusedInTime("hdfs://" + server + "/runs", server);
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    refusedInTime("hdfs://no-such-host.invalid/runs", "no-such-host.invalid");
  }

  private static void refusedInTime(String uri, String server) {
    Instant start = Instant.now();
    assertThatExceptionOfType(UnreachableException.class)
        .isThrownBy(() -> Place.of(uri).reached())
        .withMessageContaining(server)
        .withMessageContaining(uri);
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aFolderOfThisMachineIsAlwaysReached() throws IOException {
    assertThat(Place.of(Path.of("nowhere")).reached().exists()).isFalse();
  }
}
