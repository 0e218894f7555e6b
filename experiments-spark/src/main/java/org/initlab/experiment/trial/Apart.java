package org.initlab.experiment.trial;

import org.initlab.init.random.Key;

/**
 * Examples that are kept apart from training, to choose by: a learning rate, say.
 *
 * @param choice the stream of the study, so that all its trials learn from the same examples and
 *     are validated on the same others
 * @param count how many, from 0
 */
public record Apart(Key choice, int count) {

  /** No example. */
  public static final Apart NOTHING = new Apart(Key.of(0), 0);

  public Apart {
    if (count < 0) {
      throw new IllegalArgumentException(count + " validation examples cannot be kept apart.");
    }
  }
}
