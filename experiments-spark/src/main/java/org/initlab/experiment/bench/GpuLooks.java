package org.initlab.experiment.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Need;
import org.initlab.experiment.Trial;
import org.initlab.experiment.bench.GpuCheck.Comparison;
import org.initlab.experiment.metric.Metrics;
import org.initlab.experiment.trial.Engine;
import org.initlab.experiment.trial.Engines;
import org.initlab.init.Activation;

/** What metrics find where a GPU holds the weights, against the passes of the CPU. */
final class GpuLooks {

  private static final double PART = 1e-5;
  private static final Map<String, Double> TARGETS = Map.of("loss", 100.0, "error", 0.95);

  private final Engine ours;
  private final boolean whole;

  GpuLooks(Supplier<CudaDevice> gpu, int threads, double size) {
    this.ours = Engines.onGpu(gpu, threads);
    this.whole = size >= 1;
  }

  /** A row for each metric that a GPU finds, of all activations and losses. */
  Stream<Comparison> compare() {
    List<String> metrics =
        Arrays.stream(Metrics.values())
            .filter(metric -> needs(metric).stream().noneMatch(Need.NETWORK::equals))
            .map(Metrics::title)
            .toList();
    // Before training both have the same weights; an update behind it they are rounded apart.
    Measure measure = new Measure(metrics, List.of(0L, 1L), TARGETS);
    List<Trial> trials = new ArrayList<>();
    for (Activation activation : Activation.values()) {
      for (String loss : List.of("cross_entropy", "squared_error")) {
        if (whole || activation == Activation.TANH) {
          trials.add(trial(measure, "activation", activation.title(), "loss", loss));
        }
      }
    }
    trials.add(trial(measure, "width", "100", "depth", "5", "probe_examples", "37"));
    Map<Trial, List<Measurement>> found;
    Map<Trial, List<Measurement>> expected;
    try {
      found = GpuTraining.train(ours, trials);
      expected = GpuTraining.train(Engines.onCpu(), trials);
    } catch (IllegalStateException e) {
      return Stream.of(new Comparison("metrics where the weights lie", false, e.getMessage()));
    }
    return metrics.stream().map(metric -> compare(metric, trials, found, expected));
  }

  private static Set<Need> needs(Metrics metric) {
    return metric.create(new Measure(List.of(), List.of(), TARGETS)).needs();
  }

  private static Trial trial(Measure measure, String... changes) {
    List<String> all = new ArrayList<>(List.of("steps", "1", "validation_examples", "90"));
    all.addAll(List.of(changes));
    return GpuTraining.trial(measure, all.toArray(String[]::new));
  }

  private static Comparison compare(
      String metric,
      List<Trial> trials,
      Map<Trial, List<Measurement>> found,
      Map<Trial, List<Measurement>> expected) {
    double most = 0;
    for (Trial trial : trials) {
      List<Measurement> theirs = of(metric, expected.get(trial));
      List<Measurement> our = of(metric, found.get(trial));
      if (our.size() != theirs.size()) {
        return new Comparison(metric + " where the weights lie", false, "rows are missing");
      }
      for (int i = 0; i < theirs.size(); i++) {
        double error = Math.abs(our.get(i).value() - theirs.get(i).value());
        double part = error == 0 ? 0 : error / size(theirs.get(i), theirs);
        most = Double.isNaN(part) ? Double.POSITIVE_INFINITY : Math.max(most, part);
      }
    }
    return new Comparison(
        metric + " where the weights lie",
        most <= PART,
        String.format(Locale.ROOT, "within %.1e", most));
  }

  /** The rows of a metric. */
  private static List<Measurement> of(String metric, List<Measurement> rows) {
    return rows.stream().filter(row -> row.metric().split("/")[0].equals(metric)).toList();
  }

  /** The size of a row, which a mean of both signs has from the deviation beside it. */
  private static double size(Measurement row, List<Measurement> all) {
    String beside = row.metric().replaceAll("mean$", "std");
    return all.stream()
        .filter(m -> m.metric().equals(beside))
        .filter(m -> m.layer() == row.layer() && m.step() == row.step())
        .mapToDouble(m -> Math.abs(m.value()))
        .reduce(Math.abs(row.value()), Math::max);
  }
}
