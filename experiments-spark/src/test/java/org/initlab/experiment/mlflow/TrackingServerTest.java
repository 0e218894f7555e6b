package org.initlab.experiment.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.initlab.experiment.Measurement;
import org.junit.jupiter.api.Test;

/** What goes to a tracking server keeps its limits, its names, and no secret anywhere else. */
class TrackingServerTest {

  @Test
  void manyNumbersGoInPortions() throws Exception {
    List<Measurement> numbers = new ArrayList<>();
    for (int step = 0; step < 2_345; step++) {
      numbers.add(new Measurement("loss", step, 0, -1, step));
    }
    numbers.add(new Measurement("loss/train", 0, 0, -1, Double.NaN));
    numbers.add(new Measurement("activation_moments/std", 0, 3, -1, Double.NEGATIVE_INFINITY));
    numbers.add(new Measurement("activation_histogram", 0, 3, 63, 0.25));
    try (RecordedServer recorded = RecordedServer.start();
        TrackingServer server = TrackingServer.open(recorded.uri(), Map.of())) {
      String id = server.experiment("deep", Map.of());
      server.send(id, "deep-1a2b3c4d", trial("failed", numbers));

      RecordedServer.Kept run = recorded.present().get(0);
      assertThat(recorded.refused).isEmpty();
      assertThat(run.metrics)
          .hasSize(2_348)
          .containsEntry("loss @ 2344", "2344.0")
          .containsEntry("loss.train @ 0", "NaN")
          .containsEntry("activation_moments.std.by_layer/003 @ 0", "-Infinity")
          .containsEntry("activation_histogram.by_bin/003_063 @ 0", "0.25");
      assertThat(run.status).isEqualTo("FAILED");
      assertThat(run.end - run.start).isEqualTo(1500);
      assertThat(run.tags)
          .containsEntry("initlab.trial", "abc")
          .containsEntry("OpenBLAS core_ _", "x");
      assertThat(server.sent(id, "deep-1a2b3c4d").get("abc").outcome()).isEqualTo("failed");
      assertThat(server.sent(id, "deep-other")).isEmpty();
      assertThat(server.experiment("deep", Map.of())).isEqualTo(id);
    }
  }

  @Test
  void aSecretComesFromTheEnvironmentAndStaysThere() throws Exception {
    try (RecordedServer recorded = RecordedServer.start()) {
      recorded.authorization = "Basic YWRhOnNlY3JldA=="; // ada:secret
      Map<String, String> login =
          Map.of("MLFLOW_TRACKING_USERNAME", "ada", "MLFLOW_TRACKING_PASSWORD", "secret");
      try (TrackingServer server = TrackingServer.open(recorded.uri() + "/", login)) {
        String id = server.experiment("deep", Map.of());
        server.send(id, "deep-1a2b3c4d", trial("completed", List.of()));
        assertThat(recorded.present().get(0).tags.toString()).doesNotContain("secret");
      }
      assertThat(Login.of(recorded.uri(), login).toString()).doesNotContain("secret");
      assertThatThrownBy(
              () ->
                  TrackingServer.open(
                      recorded.uri(), Map.of("MLFLOW_TRACKING_TOKEN", "wrong-secret")))
          .isInstanceOf(TrackingException.class)
          .hasMessageContaining("status 401")
          .hasMessageContaining("MLFLOW_TRACKING_TOKEN")
          .hasMessageNotContaining("wrong-secret");
    }
    assertThatThrownBy(() -> TrackingServer.open("http://ada:secret@host:5000", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MLFLOW_TRACKING_PASSWORD")
        .hasMessageNotContaining("secret@");
    assertThatThrownBy(() -> TrackingServer.open("sqlite:///mlflow.db", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http://localhost:5000");
  }

  @Test
  void whoDoesNotAnswerIsTold() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String uri = "http://127.0.0.1:" + port;

    assertThatThrownBy(() -> TrackingServer.open(uri, Map.of()))
        .isInstanceOf(TrackingException.class)
        .hasMessageContaining("cannot reach MLflow at " + uri)
        .hasMessageContaining("Is it up");
  }

  private static TrialRun trial(String outcome, List<Measurement> numbers) {
    Instant end = Instant.parse("2026-01-01T00:00:10Z");
    return new TrialRun(
        "abc",
        "depth=3",
        Map.of("depth", "3"),
        Map.of("OpenBLAS core: /", "x"),
        outcome,
        end.minusMillis(1500),
        end,
        numbers);
  }
}
