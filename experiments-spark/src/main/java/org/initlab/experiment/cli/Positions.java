package org.initlab.experiment.cli;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;

/**
 * Where in a list a trial of some id is. Twelve bytes a trial: ids are told apart by their first 64
 * bits, of which a million have no two alike but once in 37 million lists.
 */
final class Positions {

  private static final int DIGITS = 16;

  private final long[] keys;
  private final int[] positions;

  Positions(List<Trial> trials) {
    long[] unsorted = new long[trials.size()];
    for (int i = 0; i < unsorted.length; i++) {
      unsorted[i] = key(trials.get(i).id());
    }
    keys = unsorted.clone();
    Arrays.sort(keys);
    positions = new int[keys.length];
    for (int i = 0; i < unsorted.length; i++) {
      positions[Arrays.binarySearch(keys, unsorted[i])] = i;
    }
  }

  /** The position; nothing if no trial of the list has this id. */
  OptionalInt of(TrialId id) {
    int found = Arrays.binarySearch(keys, key(id));
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(positions[found]);
  }

  private static long key(TrialId id) {
    return Long.parseUnsignedLong(id.hex().substring(0, DIGITS), 16);
  }
}
