package org.initlab.experiment.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.initlab.experiment.Measurement;

/**
 * A trial as it is stored, with its numbers.
 *
 * @param id its id, in full
 * @param arguments what was asked, by name
 * @param repeat its seed index
 * @param seed the study's seed
 * @param outcome the word of its outcome
 * @param divergedAt where it diverged, if it did
 * @param error why it failed, or nothing
 * @param seconds time that it took
 * @param finishedAt when it was stored
 * @param host where it was computed
 * @param measurements its numbers, by metric, layer, bin and step
 */
public record StoredTrial(
    String id,
    Map<String, String> arguments,
    int repeat,
    long seed,
    String outcome,
    OptionalLong divergedAt,
    String error,
    double seconds,
    Instant finishedAt,
    String host,
    List<Measurement> measurements) {}
