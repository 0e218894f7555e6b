package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engines against each other: Deeplearning4j is the oracle. */
@Tag("slow")
class EnginesTest {

  private static final List<String> METRICS = List.of("loss", "gradient_moments");

  static Stream<Arguments> everyKind() {
    return allKinds().filter(kind -> dl4jRuns(kind.get()));
  }

  static Stream<Arguments> allKinds() {
    return Arrays.stream(Optimizer.values())
        .flatMap(
            optimizer ->
                Arrays.stream(Activation.values())
                    .flatMap(
                        activation ->
                            Arrays.stream(Loss.values())
                                .map(loss -> Arguments.of(optimizer, activation, loss))));
  }

  private static boolean dl4jRuns(Object[] kind) {
    return new Dl4jEngine()
        .runs(trial("dl4j", (Optimizer) kind[0], (Activation) kind[1], (Loss) kind[2]));
  }

  /** A trial of ten updates by this engine; by double it is one in double precision. */
  static Trial trial(String engine, Optimizer optimizer, Activation f, Loss loss) {
    boolean adaptive = optimizer == Optimizer.ADAM || optimizer == Optimizer.RMSPROP;
    return Trials.of(
        METRICS,
        List.of(0L, 1L, 10L),
        "engine",
        engine,
        "precision",
        engine.equals("double") ? "float64" : "float32",
        "optimizer",
        optimizer.title(),
        "activation",
        f.title(),
        "loss",
        loss.title(),
        "learning_rate",
        adaptive ? "0.001" : "0.05",
        "steps",
        "10");
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("everyKind")
  void tenUpdatesAgree(Optimizer optimizer, Activation activation, Loss loss) {
    TrialResult fused = Trials.run(trial("fused", optimizer, activation, loss));
    TrialResult dl4j = Trials.run(trial("dl4j", optimizer, activation, loss));
    assertAgree(fused, dl4j);
  }

  @ParameterizedTest
  @CsvSource({"sgd, cosine, 0.05", "adam, linear, 0.001", "nesterov, constant, 0.02"})
  void decayAndSchedulesAgree(String optimizer, String schedule, String rate) {
    String[] arguments = {
      "engine",
      "dl4j",
      "optimizer",
      optimizer,
      "schedule",
      schedule,
      "learning_rate",
      rate,
      "weight_decay",
      "0.01",
      "warmup",
      "4",
      "steps",
      "12"
    };
    TrialResult dl4j = Trials.run(Trials.of(METRICS, List.of(1L, 12L), arguments));
    arguments[1] = "fused";
    TrialResult fused = Trials.run(Trials.of(METRICS, List.of(1L, 12L), arguments));
    assertAgree(fused, dl4j);
  }

  /** Losses agree within 1e-5, gradients' moments within 1e-3. */
  static void assertAgree(TrialResult fused, TrialResult dl4j) {
    assertThat(fused.outcome()).isEqualTo(dl4j.outcome()).isEqualTo(new Outcome.Completed());
    assertThat(fused.measurements()).hasSameSizeAs(dl4j.measurements());
    for (int i = 0; i < fused.measurements().size(); i++) {
      Measurement ours = fused.measurements().get(i);
      Measurement theirs = dl4j.measurements().get(i);
      assertThat(ours.metric()).isEqualTo(theirs.metric());
      boolean isLoss = ours.metric().startsWith("loss");
      double size = Math.abs(theirs.value());
      assertThat(ours.value())
          .as("%s at step %s in layer %s", ours.metric(), ours.step(), ours.layer())
          .isCloseTo(theirs.value(), within(isLoss ? 1e-5 * size : 1e-3 * size + 1e-7));
    }
  }

  /** Gradients down to 1e-44, of which the fused engine takes the subnormal ones for 0. */
  @Test
  void vanishingSignalsAgree() {
    String[] arguments = {
      "engine",
      "dl4j",
      "scheme",
      "normal(stddev=0.005)",
      "depth",
      "24",
      "width",
      "20",
      "activation",
      "tanh",
      "learning_rate",
      "0.1",
      "steps",
      "70"
    };
    TrialResult dl4j = Trials.run(Trials.of(METRICS, List.of(0L, 70L), arguments));
    arguments[1] = "fused";
    TrialResult fused = Trials.run(Trials.of(METRICS, List.of(0L, 70L), arguments));
    assertThat(Trials.value(fused, "gradient_moments/preactivation_std", 0, 1)).isPositive();
    assertThat(Trials.value(fused, "gradient_moments/preactivation_std", 0, 1)).isLessThan(1e-38);
    assertAgree(fused, dl4j);
  }

  @Test
  void dl4jRunsMostKinds() {
    assertThat(everyKind()).hasSize(4 * 12 * 2);
  }

  /**
   * Held-out losses of five repeats after a thousand updates: equal but for the repeats' scatter.
   */
  @Test
  void aThousandUpdatesAgreeInTheMean() {
    double sum = 0;
    double squares = 0;
    int repeats = 5;
    for (int r = 0; r < repeats; r++) {
      double difference = finalLoss("fused", r) - finalLoss("dl4j", r);
      sum += difference;
      squares += difference * difference;
    }
    double mean = sum / repeats;
    double error = Math.sqrt((squares / repeats - mean * mean) / (repeats - 1));
    // Student's t with 4 degrees of freedom exceeds 8.61 once in a thousand.
    assertThat(Math.abs(mean)).isLessThan(8.61 * error + 1e-6);
  }

  private static double finalLoss(String engine, int repeat) {
    Trial trial =
        Trials.of(
            List.of("loss"),
            List.of(1000L),
            "engine",
            engine,
            "activation",
            "tanh",
            "learning_rate",
            "0.05",
            "steps",
            "1000");
    Trial repeated = Trial.of("test", trial.cell(), repeat, 11, trial.measure());
    return Trials.value(Trials.run(repeated), "loss", 1000, 0);
  }

  @Test
  void aTrialHasTheSameBitsAloneAndAmongOthers() {
    List<Trial> trials = new ArrayList<>();
    for (String width : List.of("32", "100", "300")) {
      for (String optimizer : Optimizer.names()) {
        trials.add(
            Trials.of(
                METRICS,
                List.of(0L, 30L),
                "engine",
                "fused",
                "width",
                width,
                "optimizer",
                optimizer,
                "learning_rate",
                "0.01",
                "steps",
                "30"));
      }
    }
    Trials.assertSameAloneAndAmongOthers(trials);
  }

  /** SGD from a huge rate: a diverged row, and its neighbour is none the worse. */
  @Test
  void aDivergedTrialTouchesNoOther() {
    String[] calm = {
      "engine", "fused", "steps", "20", "activation", "relu", "loss", "cross_entropy"
    };
    List<Measurement> before = Trials.run(Trials.of(METRICS, List.of(20L), calm)).measurements();
    Trial wild =
        Trials.of(
            METRICS,
            List.of(0L),
            "engine",
            "fused",
            "steps",
            "200",
            "activation",
            "relu",
            "learning_rate",
            "1e30");
    assertThat(new TrainingRunner(null).run(wild).outcome()).isInstanceOf(Outcome.Diverged.class);
    assertThat(Trials.run(Trials.of(METRICS, List.of(20L), calm)).measurements()).isEqualTo(before);
  }
}
