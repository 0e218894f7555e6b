package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.initlab.experiment.Measure;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.experiment.metric.Metrics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class TrainingRunnerTest {

  private static final List<String> LOSS = List.of("loss", "error");

  @Test
  void theLossFallsOnRealDigits() {
    TrialResult result = Trials.run(Trials.of(LOSS, List.of(0L, 100L), "steps", "100"));
    assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
    assertThat(Trials.value(result, "loss", 0, 0)).isBetween(2.2, 3.0);
    assertThat(Trials.value(result, "loss", 100, 0)).isLessThan(1.2);
    assertThat(Trials.value(result, "error", 100, 0)).isLessThan(0.4);
    assertThat(Trials.value(result, "loss/train", 100, 0)).isLessThan(2);
  }

  @ParameterizedTest
  @EnumSource(Optimizer.class)
  void everyOptimizerAndLossLearns(Optimizer optimizer) {
    double rate =
        switch (optimizer) {
          case SGD -> 0.1;
          case MOMENTUM, NESTEROV -> 0.02;
          case RMSPROP, ADAM -> 0.002;
        };
    for (Loss loss : Loss.values()) {
      TrialResult result =
          Trials.run(
              Trials.of(
                  LOSS,
                  List.of(0L, 60L),
                  "steps",
                  "60",
                  "optimizer",
                  optimizer.title(),
                  "loss",
                  loss.title(),
                  "learning_rate",
                  Double.toString(rate)));
      assertThat(Trials.value(result, "loss", 60, 0))
          .isLessThan(0.95 * Trials.value(result, "loss", 0, 0));
    }
  }

  @Test
  void aTrialGivesTheSameBitsAloneAndBesideAnother() throws Exception {
    Trial trial =
        Trials.of(
            List.of("loss", "gradient_moments"),
            List.of(0L, 20L, 40L),
            "steps",
            "40",
            "activation",
            "relu",
            "optimizer",
            "adam",
            "learning_rate",
            "0.01");
    List<Measurement> alone = Trials.run(trial).measurements();
    assertThat(Trials.run(trial).measurements()).isEqualTo(alone);
    var first = CompletableFuture.supplyAsync(() -> Trials.run(trial));
    var second = CompletableFuture.supplyAsync(() -> Trials.run(trial));
    assertThat(first.get().measurements()).isEqualTo(alone);
    assertThat(second.get().measurements()).isEqualTo(alone);
  }

  @Test
  void divergenceIsAResultWithItsStep() {
    TrialResult result =
        Trials.run(
            Trials.of(
                LOSS,
                List.of(0L, 1L, 50L),
                "steps",
                "50",
                "scheme",
                "normal(stddev=1)",
                "activation",
                "relu",
                "depth",
                "10",
                "width",
                "64",
                "learning_rate",
                "1.0"));
    assertThat(result.outcome()).isInstanceOf(Outcome.Diverged.class);
    assertThat(((Outcome.Diverged) result.outcome()).step()).isBetween(1L, 49L);
    assertThat(Trials.value(result, "loss", 0, 0)).isGreaterThan(100);
    assertThat(result.measurements()).noneMatch(m -> m.step() == 50);
  }

  @Test
  void noStepsMeasureTheInitializationAndTrainNothing() {
    TrialResult result = Trials.run(Trials.of(Metrics.names(), List.of(0L)));
    assertThat(result.outcome()).isEqualTo(new Outcome.Completed());
    assertThat(result.measurements()).noneMatch(m -> m.metric().equals("loss/train"));
    assertThat(Trials.value(result, "activation_moments/std", 0, 2)).isPositive();
  }

  @Test
  void targetsAreReachedOnce() {
    Measure measure =
        new Measure(
            List.of("steps_to_target", "loss"),
            List.of(0L, 20L, 40L, 60L, 80L),
            Map.of("loss", 2.0, "error", 0.0));
    TrialResult result = Trials.run(Trials.of(measure, "steps", "80"));
    List<Measurement> rows =
        result.measurements().stream().filter(m -> m.metric().startsWith("steps_to")).toList();
    assertThat(rows).hasSize(1);
    Measurement row = rows.get(0);
    assertThat(row.metric()).isEqualTo("steps_to_target/loss");
    assertThat(row.value()).isEqualTo(row.step());
    assertThat(Trials.value(result, "loss", row.step(), 0)).isLessThanOrEqualTo(2);
    assertThat(Trials.value(result, "loss", row.step() - 20, 0)).isGreaterThan(2);
  }

  @Test
  void aTrialThatThrowsIsAFailedRow() {
    TrialResult result =
        new TrainingRunner(null).run(Trials.of(LOSS, List.of(0L), "dataset", "mnist-6"));
    assertThat(result.outcome()).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) result.outcome()).error())
        .contains("There is no data set mnist-6", "Maybe mnist", "\tat ");
    TrialResult many =
        new TrainingRunner(null).run(Trials.of(LOSS, List.of(0L), "test_examples", "1001"));
    assertThat(((Outcome.Failed) many.outcome()).error()).contains("1001 cannot be taken");
  }

  @Test
  void trialsOfOneRepeatSeeTheSameDataWhateverTheScheme() throws Exception {
    Dataset data = Datasets.MNIST_6K.load(java.util.Optional.empty());
    Setup glorot = Setup.of(Trials.of(LOSS, List.of()), data);
    Setup other = Setup.of(Trials.of(LOSS, List.of(), "scheme", "he_normal", "depth", "5"), data);
    Examples a = glorot.emptyBatch();
    Examples b = other.emptyBatch();
    a.fill(glorot.training(), 600);
    b.fill(other.training(), 600);
    assertThat(a.x()).isEqualTo(b.x());
    assertThat(a.labels()).isEqualTo(b.labels());
  }
}
