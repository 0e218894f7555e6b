package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.initlab.device.ProcessBackend;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.device.cuda.CudaTraining;
import org.initlab.device.cuda.Emulator;
import org.initlab.device.cuda.NetworkShape;
import org.initlab.device.cuda.TrainingPlan;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.metric.Metrics;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels that train, on the emulator, against the engine for CPUs. */
class CudaEngineTest {

  private static final int THREADS = 64;

  private record Ended(Outcome outcome, List<Measurement> measurements) {}

  private static Engine emulated() {
    return new CudaEngine(Emulator::device, () -> true, THREADS);
  }

  private static Map<Trial, Ended> train(Engine engine, List<Trial> trials) throws Exception {
    Dataset data = Datasets.named(trials.get(0).text("dataset")).load(Optional.empty());
    List<Work> works = new ArrayList<>();
    for (Trial trial : trials) {
      Setup setup = Setup.of(trial, data);
      works.add(new Work(setup, new Recorder(setup, Metrics.of(trial.measure()))));
    }
    Map<Trial, Ended> ended = new LinkedHashMap<>();
    engine.trainAll(
        works,
        (work, outcome, seconds) ->
            assertThat(
                    ended.put(
                        work.setup().trial(), new Ended(outcome, work.recorder().measurements())))
                .isNull());
    return ended;
  }

  /** What the GPU finds itself, and one for which weights are brought. */
  private static final List<String> METRICS =
      List.of(
          "loss",
          "error",
          "activation_moments",
          "gradient_moments",
          "length",
          "saturation",
          "dead_units",
          "weight_norm");

  private static Trial trial(int repeat, String... changes) {
    return trial(METRICS, repeat, changes);
  }

  private static Trial trial(List<String> metrics, int repeat, String... changes) {
    Trial trial = Trials.of(metrics, List.of(0L, 1L, 4L, 10L), changes);
    return Trial.of("test", trial.cell(), repeat, 11, trial.measure());
  }

  private static void assertAgrees(List<Trial> trials) throws Exception {
    Map<Trial, Ended> ours = train(emulated(), trials);
    Map<Trial, Ended> theirs = train(new FusedEngine(), trials);

    assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(trials);
    for (Trial trial : trials) {
      assertThat(ours.get(trial).outcome()).isEqualTo(theirs.get(trial).outcome());
      List<Measurement> a = ours.get(trial).measurements();
      List<Measurement> b = theirs.get(trial).measurements();
      assertThat(a).hasSameSizeAs(b).isNotEmpty();
      for (int i = 0; i < a.size(); i++) {
        double expected = b.get(i).value();
        if (!Double.isFinite(expected)) { // of a network that is about to diverge
          assertThat(Double.valueOf(a.get(i).value())).isEqualTo(Double.valueOf(expected));
          continue;
        }
        assertThat(a.get(i).value())
            .as("%s of %s", a.get(i), trial.cell())
            .isCloseTo(expected, within(1e-5 * Math.max(Math.abs(expected), 0.1)));
      }
    }
  }

  /** Ten updates of every loss and optimizer. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void everyActivationAgreesWithFused(Activation activation) throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (Optimizer optimizer : Optimizer.values()) {
      boolean adaptive = optimizer == Optimizer.ADAM || optimizer == Optimizer.RMSPROP;
      Loss loss = Loss.values()[optimizer.ordinal() % 2];
      trials.add(
          trial(
              0,
              "activation",
              activation.title(),
              "optimizer",
              optimizer.title(),
              "loss",
              loss.title(),
              "learning_rate",
              adaptive ? "0.001" : "0.05",
              "steps",
              "10"));
    }
    assertAgrees(trials);
  }

  /** All that may differ among the trials of one launch, and a trial that diverges among them. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void trialsThatDifferTrainTogether(String optimizer) throws Exception {
    List<Trial> trials = new ArrayList<>();
    String[] schedules = {"constant", "linear", "cosine"};
    for (int i = 0; i < 7; i++) {
      trials.add(
          trial(
              i % 3,
              "optimizer",
              optimizer,
              "scheme",
              i % 2 == 0 ? "glorot_uniform" : "he_normal",
              "schedule",
              schedules[i % 3],
              "warmup",
              Integer.toString(i % 3),
              "weight_decay",
              i % 2 == 0 ? "0.01" : "0.0",
              "learning_rate",
              Double.toString((optimizer.equals("adam") ? 0.0005 : 0.01) * (1 + i)),
              "steps",
              Integer.toString(i < 3 ? 3 * i : 7 + i)));
    }
    trials.add(trial(0, "optimizer", optimizer, "learning_rate", "1e38", "steps", "10"));
    assertAgrees(trials);
  }

  /** Batches beyond what a thread has in registers, of one example, and layers of odd sizes. */
  @ParameterizedTest
  @CsvSource({"1, 5, 3", "4, 33, 1", "13, 65, 2", "37, 40, 2"})
  void shapesOfAllKindsAgree(String batch, String width, String depth) throws Exception {
    assertAgrees(
        List.of(
            trial(
                1,
                "batch",
                batch,
                "width",
                width,
                "depth",
                depth,
                "steps",
                "10",
                "momentum",
                "0.5",
                "optimizer",
                "nesterov")));
  }

  /** Rates of layers, which ND4J's stacks do not know, and weights that saw data. */
  @Test
  void schemesWithRatesAndCalibratorsAgree() throws Exception {
    assertAgrees(
        List.of(
            trial(0, "scheme", "mup", "steps", "10"),
            trial(0, "scheme", "mup", "steps", "10", "optimizer", "adam", "learning_rate", "0.001"),
            trial(0, "calibrator", "lsuv", "scheme", "orthogonal", "steps", "10")));
  }

  /** Examples that are made are sent with each launch, and of a finite set only places. */
  @Test
  void madeExamplesAndThoseKeptApartAgree() throws Exception {
    String[] made = {"dataset", "shapeset-3x2", "steps", "10"};
    assertAgrees(List.of(trial(0, made), trial(1, made)));
    String[] apart = {"validation_examples", "700", "steps", "10"};
    assertAgrees(List.of(trial(0, apart), trial(1, apart), trial(0, apart[2], apart[3])));
  }

  @Test
  void aBatchHoldsWhatMemoryHoldsAndNothingThatDoesNotTrain() {
    Engine engine = emulated();

    assertThat(engine.together(trial(0, "steps", "10"))).isEqualTo(4096);
    assertThat(engine.together(trial(0, "steps", "0"))).isEqualTo(1); // weights come for a metric
    assertThat(engine.together(trial(List.of("loss", "length"), 0, "steps", "0"))).isEqualTo(4096);
    // 784-[1000]x5-10: 4.8 million weights, 60 MB with what belongs to them
    assertThat(engine.together(trial(0, "steps", "10", "width", "1000", "depth", "5")))
        .isBetween(130, 150);
    assertThat(new FusedEngine().together(trial(0))).isEqualTo(1);
  }

  @Test
  void aFiniteSetIsSentOnceAndThenPlaces() throws Exception {
    Dataset data = Datasets.MNIST_6K.load(Optional.empty());
    Setup setup = Setup.of(trial(0, "batch", "7"), data);
    NetworkShape shape =
        new NetworkShape(
            data.inputs(), List.of(10), List.of("identity"), 7, "cross_entropy", "sgd");
    try (CudaDevice device = Emulator.device();
        CudaTraining training =
            new CudaTraining(device, new TrainingPlan(shape, 32, device.sharedBytes()), 1)) {
      CudaBatches sent = new CudaBatches(List.of(setup));
      CudaBatches whole = new CudaBatches(List.of(setup));
      sent.sendWhole(training, 1000); // no room
      whole.sendWhole(training, device.freeBytes());

      CudaBatches.Part some = sent.part(1000, 3); // in the second epoch
      CudaBatches.Part places = whole.part(1000, 3);
      assertThat(places.examples()).isEmpty();
      float[] one = new float[data.inputs()];
      for (int i = 0; i < 21; i++) {
        int label = data.inFiles().orElseThrow().write(places.order()[i], one, 0);
        assertThat(label).isEqualTo(some.labels()[i]);
        assertThat(one)
            .isEqualTo(Arrays.copyOfRange(some.examples(), i * one.length, (i + 1) * one.length));
      }
      assertThat(whole.mostSteps(1)).isGreaterThan(sent.mostSteps(1));
    }
  }

  /** Trials of a launch that are looked at by other examples, or by none. */
  @Test
  void trialsThatAskForOtherThingsTrainTogether() throws Exception {
    assertAgrees(
        List.of(
            trial(0, "steps", "10"),
            trial(0, "steps", "10", "test_examples", "7", "probe_examples", "33"),
            trial(List.of("validation_loss"), 0, "steps", "10", "validation_examples", "90"),
            trial(List.of("validation_error"), 0, "steps", "4", "validation_examples", "8"),
            trial(List.of("loss", "error"), 1, "steps", "10"),
            trial(List.of("weight_norm"), 1, "steps", "10"),
            trial(0, "steps", "0")));
  }

  @Test
  void aTrialHasTheSameBitsAloneAndAmongOthers() throws Exception {
    Trial one = trial(0, "steps", "10");
    List<Trial> many =
        List.of(trial(2, "steps", "10"), one, trial(0, "steps", "4", "learning_rate", "0.3"));

    assertThat(train(emulated(), many).get(one))
        .isEqualTo(train(emulated(), List.of(one)).get(one));
  }

  @Test
  void withoutAGpuItRunsNothing() {
    Trial trial = trial(0);

    CudaEngine engine = CudaEngine.ofProcess();
    assertThat(engine.runs(trial)).isFalse();
    try {
      ProcessBackend.expect(ProcessBackend.codes("nd4j"));
      assertThat(engine.runs(trial)).isFalse();
      ProcessBackend.expect(ProcessBackend.codes("nd4j,ptx"));
      assertThat(engine.runs(trial)).isTrue();
    } finally {
      ProcessBackend.expect(Set.of());
    }
    assertThat(emulated().runs(trial(0, "architecture", "residual_mlp"))).isFalse();
    assertThat(Engines.objection(trial(0, "engine", "fused-cuda")).orElseThrow())
        .contains("engine fused-cuda needs a GPU", "INITLAB_BACKEND=cuda", "Maybe auto.");
  }

  /** As a computer whose driver is gone since the choice. */
  @Test
  void aDriverThatDoesNotLoadFailsItsTrials() throws Exception {
    Engine engine =
        new CudaEngine(
            () -> {
              throw new UnsatisfiedLinkError("libcuda.so.1");
            },
            () -> true,
            THREADS);
    Trial trial = trial(0, "steps", "1");

    assertThat(train(engine, List.of(trial)).get(trial).outcome())
        .isInstanceOf(Outcome.Failed.class);
  }
}
