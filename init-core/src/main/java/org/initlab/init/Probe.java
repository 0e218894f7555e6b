package org.initlab.init;

/**
 * A batch of training data by its number: the same number and size are the same examples.
 *
 * @param number from 0
 * @param examples in the batch, at least 1
 */
public record Probe(long number, int examples) {

  public Probe {
    if (number < 0 || examples < 1) {
      throw new IllegalArgumentException(
          "A probe has a number from 0 and at least 1 example, not %d and %d."
              .formatted(number, examples));
    }
  }
}
