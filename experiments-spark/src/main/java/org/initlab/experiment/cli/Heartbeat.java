package org.initlab.experiment.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.initlab.experiment.store.RunFolder;

/**
 * How a run gets on, as its driver tells every few seconds in the run folder's {@code
 * progress.json}, for whoever asks from another machine. It says nothing of results: those are
 * counted where they are stored.
 *
 * @param state running, or done when no trial was left
 * @param host where the driver runs
 * @param started when it began
 * @param updated when it told this
 * @param todo trials that this driver has to run
 * @param done those of them with a stored result
 * @param slots trials that can run at one time
 * @param secondsLeft the estimate of the time that the rest takes
 */
record Heartbeat(
    String state,
    String host,
    Instant started,
    Instant updated,
    int todo,
    int done,
    int slots,
    long secondsLeft) {

  /** How often a driver tells. */
  static final Duration PERIOD = Duration.ofSeconds(5);

  /**
   * A driver that says nothing for so long is gone. Clocks of machines may differ by some seconds.
   */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  static final String RUNNING = "running";
  static final String DONE = "done";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The last that a run folder was told; nothing if it was told nothing that can be read. */
  static Optional<Heartbeat> read(RunFolder run) throws IOException {
    Optional<String> text = run.readProgress();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Map<?, ?> told = JSON.readValue(text.get(), Map.class);
      return Optional.of(
          new Heartbeat(
              (String) told.get("state"),
              (String) told.get("host"),
              Instant.parse((String) told.get("started")),
              Instant.parse((String) told.get("updated")),
              ((Number) told.get("todo")).intValue(),
              ((Number) told.get("done")).intValue(),
              ((Number) told.get("slots")).intValue(),
              ((Number) told.get("seconds_left")).longValue()));
    } catch (JsonProcessingException | RuntimeException e) {
      return Optional.empty(); // a hint in another form is no hint
    }
  }

  void write(RunFolder run) throws IOException {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("state", state);
    told.put("host", host);
    told.put("started", started.toString());
    told.put("updated", updated.toString());
    told.put("todo", todo);
    told.put("done", done);
    told.put("slots", slots);
    told.put("seconds_left", secondsLeft);
    run.writeProgress(JSON.writeValueAsString(told) + "\n");
  }

  /** Whether the driver is there at this time. */
  boolean alive(Instant now) {
    return state.equals(RUNNING) && Duration.between(updated, now).compareTo(SILENCE) < 0;
  }

  /** The estimate of what is left at this time, seconds. */
  long left(Instant now) {
    return Math.max(1, secondsLeft - Math.max(0, Duration.between(updated, now).toSeconds()));
  }
}
