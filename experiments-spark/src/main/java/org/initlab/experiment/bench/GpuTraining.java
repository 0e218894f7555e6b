package org.initlab.experiment.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.bench.GpuCheck.Comparison;
import org.initlab.experiment.metric.Metrics;
import org.initlab.experiment.trial.Datasets;
import org.initlab.experiment.trial.Engine;
import org.initlab.experiment.trial.Engines;
import org.initlab.experiment.trial.Optimizer;
import org.initlab.experiment.trial.Recorder;
import org.initlab.experiment.trial.Setup;
import org.initlab.experiment.trial.Work;
import org.initlab.init.Activation;

/** Ten updates on a GPU against the engine for CPUs, by the losses of both. */
final class GpuTraining {

  private static final double PART = 1e-5;

  private final Engine ours;
  private final boolean whole;

  GpuTraining(Supplier<CudaDevice> gpu, int threads, double size) {
    this.ours = Engines.onGpu(gpu, threads);
    this.whole = size >= 1;
  }

  /** All activations, optimizers and losses on a small network; then networks of other sizes. */
  Stream<Comparison> compare() {
    Stream<Comparison> kinds =
        Stream.of(Optimizer.values())
            .map(optimizer -> compare("10 updates by " + optimizer.title(), kinds(optimizer)));
    Stream<Comparison> sizes =
        Stream.of("1 32 1", "10 100 5", "37 70 3", "10 1000 5")
            .filter(size -> whole || !size.contains("0 1000"))
            .map(
                size -> {
                  String[] part = size.split(" ");
                  String title =
                      "10 updates of 784-[" + part[1] + "]x" + part[2] + "-10, batch " + part[0];
                  return compare(
                      title, List.of(trial("batch", part[0], "width", part[1], "depth", part[2])));
                });
    return Stream.concat(kinds, sizes);
  }

  private List<Trial> kinds(Optimizer optimizer) {
    boolean adaptive = optimizer == Optimizer.ADAM || optimizer == Optimizer.RMSPROP;
    List<Trial> trials = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      for (String loss : List.of("cross_entropy", "squared_error")) {
        if (whole || activation == Activation.TANH) {
          trials.add(
              trial(
                  "activation",
                  activation.title(),
                  "optimizer",
                  optimizer.title(),
                  "loss",
                  loss,
                  "learning_rate",
                  adaptive ? "0.001" : "0.05"));
        }
      }
    }
    return trials;
  }

  private static Trial trial(String... changes) {
    return trial(new Measure(List.of("loss"), List.of(1L, 4L, 10L), Map.of()), changes);
  }

  /** A small network on the shipped digits, but for some changes: name, value, name, value. */
  static Trial trial(Measure measure, String... changes) {
    Map<String, String> cell = new TreeMap<>();
    for (Argument argument : Argument.values()) {
      argument.standard().ifPresent(value -> cell.put(argument.key(), value));
    }
    cell.putAll(
        Map.of(
            "dataset",
            Datasets.MNIST_6K.title(),
            "scheme",
            "glorot_uniform",
            "depth",
            "2",
            "width",
            "32",
            "learning_rate",
            "0.05",
            "steps",
            "10",
            "test_examples",
            "100",
            "probe_examples",
            "100"));
    for (int i = 0; i < changes.length; i += 2) {
      cell.put(changes[i], changes[i + 1]);
    }
    return Trial.of("gpu-check", cell, 0, 11, measure);
  }

  private Comparison compare(String what, List<Trial> trials) {
    Map<Trial, List<Measurement>> found;
    Map<Trial, List<Measurement>> expected;
    try {
      found = train(ours, trials);
      expected = train(Engines.onCpu(), trials);
    } catch (IllegalStateException e) {
      return new Comparison(what, false, e.getMessage());
    }
    double most = 0;
    for (Trial trial : trials) {
      for (int i = 0; i < expected.get(trial).size(); i++) {
        double one = expected.get(trial).get(i).value();
        double error = Math.abs(found.get(trial).get(i).value() - one) / Math.abs(one);
        most = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(most, error);
      }
    }
    return new Comparison(
        what, most <= PART, String.format(Locale.ROOT, "losses within %.1e", most));
  }

  /** What each trial measured; one that does not complete is an error here. */
  static Map<Trial, List<Measurement>> train(Engine engine, List<Trial> trials) {
    Map<Trial, List<Measurement>> measured = new LinkedHashMap<>();
    List<Work> works = new ArrayList<>();
    try {
      for (Trial trial : trials) {
        Setup setup = Setup.of(trial, Datasets.MNIST_6K.load(Optional.empty()));
        works.add(new Work(setup, new Recorder(setup, Metrics.of(trial.measure()))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    engine.trainAll(
        works,
        (work, outcome, seconds) -> {
          if (!(outcome instanceof Outcome.Completed)) {
            throw new IllegalStateException(engine.name() + ": " + outcome);
          }
          measured.put(work.setup().trial(), work.recorder().measurements());
        });
    return measured;
  }
}
