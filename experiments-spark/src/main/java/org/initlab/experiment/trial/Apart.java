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

  /** How many of a data set's training examples are left to learn from, at least 1. */
  int left(String dataset, int all) {
    if (count >= all) {
      throw new IllegalArgumentException(
          "%s has %d training examples; %d for validation leave none to learn from."
              .formatted(dataset, all, count));
    }
    return all - count;
  }

  /** The order of all training examples of which the first are for validation. */
  Permutation parts(int all) {
    return new Permutation(choice.at("permutation"), all);
  }
}
