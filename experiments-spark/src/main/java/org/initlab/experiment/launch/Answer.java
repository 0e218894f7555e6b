package org.initlab.experiment.launch;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an executor answered to a {@link Check}.
 *
 * @param executor its number
 * @param host its machine
 * @param cores trials that it runs side by side
 * @param facts what it said, by name
 * @param wrong what is amiss there; empty if nothing is
 */
public record Answer(
    String executor, String host, int cores, Map<String, String> facts, String wrong)
    implements Serializable {

  public Answer {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** The executor as people name it. */
  public String name() {
    return "executor " + executor + " on " + host;
  }
}
