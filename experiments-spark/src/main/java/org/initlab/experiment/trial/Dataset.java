package org.initlab.experiment.trial;

import java.util.Optional;
import org.initlab.experiment.numeric.Volume;
import org.initlab.init.random.Key;

/**
 * Labelled examples to learn from. An example is a pure function of a key and a number, so trials
 * with one key see the same data in the same order, whoever asks and when. Safe for many threads.
 */
public interface Dataset {

  /** The name in studies. */
  String name();

  /** How the numbers of an example lie: an image's rows, places and channels. */
  Volume image();

  /** Numbers in an example. */
  default int inputs() {
    return image().size();
  }

  /** Labels are 0 to classes - 1. */
  int classes();

  /** Numbers of the output layer: one a class, unless a label stands for a vector. */
  default int outputs() {
    return classes();
  }

  /** What this loss says of these labels; see {@link Loss} for classes. */
  default Goal goal(Loss loss) {
    return loss;
  }

  /** SHA-256 of the data, or of what a generator gives first, in hexadecimal. */
  String fingerprint();

  /** Held-out examples that there are; {@code Long.MAX_VALUE} for a generator. */
  long heldOutExamples();

  /** Training examples that there are; {@code Long.MAX_VALUE} for a generator. */
  long trainingExamples();

  /**
   * The training examples of a repeat. A finite set starts a new epoch, newly shuffled, when it is
   * used up.
   *
   * @param order the stream of the repeat; it decides the order, or the examples themselves
   * @param apart what is not among them
   */
  ExampleStream training(Key order, Apart apart);

  /**
   * All training examples of a finite set in the order of its files, those for validation among
   * them; nothing of a set whose examples are made.
   */
  default Optional<ExampleStream> inFiles() {
    return Optional.empty();
  }

  /** All training examples of a repeat. */
  default ExampleStream training(Key order) {
    return training(order, Apart.NOTHING);
  }

  /**
   * Validation examples, numbers 0 to below {@code apart.count()}: training examples of a finite
   * set, fresh ones of a generator. They are none of {@link #training(Key, Apart)} with the same
   * {@code apart}, whatever its order, and none that are held out.
   */
  ExampleStream validation(Apart apart);

  /**
   * Held-out examples, numbers 0 to below {@link #heldOutExamples()}; other examples than any of
   * the training, unless the data set says that it is a whole world.
   *
   * @param choice the stream of the study, so that all its trials are measured on the same examples
   */
  ExampleStream heldOut(Key choice);
}
