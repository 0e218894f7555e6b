package org.initlab.experiment.bench;

import org.initlab.experiment.numeric.Volume;
import org.initlab.experiment.trial.Apart;
import org.initlab.experiment.trial.Dataset;
import org.initlab.experiment.trial.ExampleStream;
import org.initlab.experiment.trial.Goal;
import org.initlab.experiment.trial.Loss;
import org.initlab.init.random.Key;

/**
 * A data set with a clock: it looks at the time when the training examples of two given numbers are
 * asked for. What lies between is the engine's own loop, its data included. Of an engine that asks
 * for examples ahead it tells the same time a batch, as long as the lead does not change.
 */
final class ClockedData implements Dataset {

  private final Dataset data;
  private final long first;
  private final long last;
  private Span.Look start;
  private Span.Look end;

  /** Looks at the clocks at training examples {@code first} and {@code last}. */
  ClockedData(Dataset data, long first, long last) {
    this.data = data;
    this.first = first;
    this.last = last;
  }

  /** What passed between the two looks. */
  Span span() {
    if (start == null || end == null) {
      throw new IllegalStateException(
          "The engine did not ask for the examples " + first + " and " + last + ".");
    }
    return start.until(end);
  }

  @Override
  public ExampleStream training(Key order, Apart apart) {
    ExampleStream stream = data.training(order, apart);
    return (index, x, at) -> {
      if (index == first) {
        start = Span.Look.now();
      } else if (index == last) {
        end = Span.Look.now();
      }
      return stream.write(index, x, at);
    };
  }

  @Override
  public ExampleStream validation(Apart apart) {
    return data.validation(apart);
  }

  @Override
  public ExampleStream heldOut(Key choice) {
    return data.heldOut(choice);
  }

  @Override
  public String name() {
    return data.name();
  }

  @Override
  public Volume image() {
    return data.image();
  }

  @Override
  public int classes() {
    return data.classes();
  }

  @Override
  public int outputs() {
    return data.outputs();
  }

  @Override
  public Goal goal(Loss loss) {
    return data.goal(loss);
  }

  @Override
  public String fingerprint() {
    return data.fingerprint();
  }

  @Override
  public long trainingExamples() {
    return data.trainingExamples();
  }

  @Override
  public long heldOutExamples() {
    return data.heldOutExamples();
  }
}
