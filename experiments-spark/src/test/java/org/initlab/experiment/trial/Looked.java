package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.CudaTraining;
import org.initlab.device.cuda.Emulator;
import org.initlab.device.cuda.NetworkShape;
import org.initlab.device.cuda.TrainingPlan;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Snapshot;
import org.initlab.experiment.Trial;
import org.initlab.experiment.metric.Metrics;

/**
 * Rows of one trial by what the kernels find, on the emulator, and by the passes of the CPU, of the
 * same weights: those of step 0, and later ones.
 *
 * @param ours by the kernels
 * @param theirs by the CPU
 * @param brought how often weights were brought from the GPU
 */
record Looked(List<Measurement> ours, List<Measurement> theirs, int brought) {

  static final int THREADS = 64;

  /**
   * How far rows may be apart, as a part of their size; of a mean, of the deviation beside it.
   * Products, in single precision, are summed in another order; the most seen is 1.1e-6.
   */
  private static final double PART = 3e-6;

  /**
   * Looks at a trial.
   *
   * @param sharedBytes of a block
   * @param later makes kernels of those of step 0
   */
  static Looked of(
      Trial trial, List<Metrics> metrics, int sharedBytes, UnaryOperator<float[]> later)
      throws IOException {
    Setup setup = Setup.of(trial, Datasets.named(trial.text("dataset")).load(Optional.empty()));
    TrainingPlan plan = plan(setup, sharedBytes);
    List<Metric> our = metrics(trial, metrics);
    List<Metric> their = metrics(trial, metrics);
    List<Measurement> ours = new ArrayList<>();
    List<Measurement> theirs = new ArrayList<>();
    int[] brought = new int[1];
    try (CudaDevice device = Emulator.device();
        CudaTraining training = new CudaTraining(device, plan, 2);
        CudaLooks looks = new CudaLooks(device, training, plan)) {
      for (long step : trial.measure().at()) {
        Parameters now = setup.first();
        if (step > 0) {
          now.kernels().forEach(later::apply);
        }
        training.start(1, flat(plan, now), 0, CudaTrials.factors(setup), 0, 0, 0);
        Work work = new Work(setup, new Recorder(setup, our));
        CudaSight sight = looks.of(Map.of(1, work), step).get(1);
        try (DenseNetwork network = new DenseNetwork(now, setup.links());
            Probes probes = Probes.of(setup, network)) {
          Snapshot whole = new MlpSnapshot(step, 0.5, probes);
          measure(their, whole, theirs);
          Snapshot found =
              new CudaSnapshot(
                  setup,
                  step,
                  0.5,
                  sight,
                  () -> {
                    brought[0]++;
                    return whole;
                  });
          measure(our, found, ours);
        }
      }
    }
    return new Looked(ours, theirs, brought[0]);
  }

  private static TrainingPlan plan(Setup setup, int sharedBytes) {
    NetworkShape shape =
        new NetworkShape(
            setup.dataset().inputs(),
            setup.sites().stream().map(site -> (int) site.shape().out()).toList(),
            setup.topology().links().stream().map(link -> link.activation().title()).toList(),
            setup.batch(),
            setup.loss().title(),
            setup.optimizer().title());
    return new TrainingPlan(shape, THREADS, sharedBytes);
  }

  /** Those of the table, or all that the trial names, with their predictions. */
  private static List<Metric> metrics(Trial trial, List<Metrics> metrics) {
    return metrics.isEmpty()
        ? Metrics.of(trial.measure())
        : metrics.stream().map(metric -> metric.create(trial.measure())).toList();
  }

  private static float[] flat(TrainingPlan plan, Parameters now) {
    float[] values = new float[plan.parameters()];
    for (int layer = 1; layer <= plan.shape().layers(); layer++) {
      float[] kernel = now.kernels().get(layer - 1);
      float[] bias = now.biases().get(layer - 1);
      System.arraycopy(kernel, 0, values, plan.kernelAt(layer), kernel.length);
      System.arraycopy(bias, 0, values, plan.kernelAt(layer) + kernel.length, bias.length);
    }
    return values;
  }

  private static void measure(List<Metric> metrics, Snapshot at, List<Measurement> into) {
    for (Metric metric : metrics) {
      metric.measure(
          at,
          (name, layer, bin, value) ->
              into.add(new Measurement(name, at.step(), layer, bin, value)));
    }
  }

  /** Fails where the rows of both are not the same but for rounding. */
  void assertAgrees(String what) {
    assertThat(ours).as(what).hasSameSizeAs(theirs).isNotEmpty();
    for (int i = 0; i < theirs.size(); i++) {
      Measurement expected = theirs.get(i);
      Measurement found = ours.get(i);
      String row = "%s of %s".formatted(found, what);
      assertThat(found)
          .usingRecursiveComparison()
          .ignoringFields("value")
          .as(row)
          .isEqualTo(expected);
      if (Double.isFinite(expected.value())) {
        assertThat(found.value())
            .as(row)
            .isCloseTo(expected.value(), within(PART * size(expected)));
      } else {
        assertThat(Double.valueOf(found.value()))
            .as(row)
            .isEqualTo(Double.valueOf(expected.value()));
      }
    }
  }

  /** The size of a row, which a mean of both signs has from the deviation beside it. */
  private double size(Measurement row) {
    String beside = row.metric().replaceAll("mean$", "std");
    return theirs.stream()
        .filter(m -> m.metric().equals(beside))
        .filter(m -> m.layer() == row.layer() && m.step() == row.step())
        .mapToDouble(m -> Math.abs(m.value()))
        .reduce(Math.abs(row.value()), Math::max);
  }
}
