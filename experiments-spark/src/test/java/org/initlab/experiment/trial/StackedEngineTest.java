package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Stacked trials against single ones. */
@Tag("slow")
class StackedEngineTest {

  private static final Engine STACKS_OF_32 = new StackedEngine(setup -> 32);

  private record Ended(Outcome outcome, double seconds, List<Measurement> measurements) {}

  /** Trains trials as one batch; how each ended, in the order of the trials. */
  private static List<Ended> train(Engine engine, List<Trial> trials) throws Exception {
    Dataset data = Datasets.MNIST_6K.load(Optional.empty());
    Map<Work, Ended> ended = new LinkedHashMap<>();
    List<Work> works = new ArrayList<>();
    for (Trial trial : trials) {
      Setup setup = Setup.of(trial, data);
      Recorder recorder =
          new Recorder(setup, org.initlab.experiment.metric.Metrics.of(trial.measure()));
      works.add(new Work(setup, recorder));
    }
    engine.trainAll(
        works,
        (work, outcome, seconds) ->
            assertThat(ended.put(work, new Ended(outcome, seconds, work.recorder().measurements())))
                .isNull());
    return works.stream().map(ended::get).toList();
  }

  private static Trial trial(int repeat, String... changes) {
    Trial trial = Trials.of(List.of("loss"), List.of(0L, 1L, 10L), changes);
    return Trial.of("test", trial.cell(), repeat, 11, trial.measure());
  }

  private static void assertClose(List<Ended> some, List<Ended> others, double part) {
    assertThat(some).hasSameSizeAs(others);
    for (int i = 0; i < some.size(); i++) {
      assertThat(some.get(i).outcome()).isEqualTo(others.get(i).outcome());
      List<Measurement> a = some.get(i).measurements();
      List<Measurement> b = others.get(i).measurements();
      assertThat(a).hasSameSizeAs(b);
      for (int k = 0; k < a.size(); k++) {
        assertThat(a.get(k).metric()).isEqualTo(b.get(k).metric());
        assertThat(a.get(k).value())
            .as("trial %s, %s", i, a.get(k))
            .isCloseTo(b.get(k).value(), within(part * Math.abs(b.get(k).value())));
      }
    }
  }

  private static List<Trial> everyKind(double factor) {
    List<Trial> trials = new ArrayList<>();
    for (Optimizer optimizer : Optimizer.values()) {
      boolean adaptive = optimizer == Optimizer.ADAM || optimizer == Optimizer.RMSPROP;
      for (Activation activation : Activation.values()) {
        for (Loss loss : Loss.values()) {
          trials.add(
              trial(
                  0,
                  "optimizer",
                  optimizer.title(),
                  "activation",
                  activation.title(),
                  "loss",
                  loss.title(),
                  "learning_rate",
                  Double.toString((adaptive ? 0.001 : 0.05) * factor),
                  "steps",
                  "10"));
        }
      }
    }
    return trials;
  }

  @Test
  void tenUpdatesOfEveryKindAgreeWithDl4j() throws Exception {
    Engine dl4j = new Dl4jEngine();
    List<Trial> trials = everyKind(1).stream().filter(dl4j::runs).toList();
    assertThat(trials).hasSize(4 * 12 * 2);
    assertClose(train(STACKS_OF_32, trials), train(dl4j, trials), 1e-5);
  }

  /** Three rates a kind, so that each stack has rates of its own. */
  @Test
  void tenUpdatesOfEveryKindAgreeWithFused() throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (double factor : new double[] {1, 0.5, 0.1}) {
      trials.addAll(everyKind(factor));
    }
    assertClose(train(STACKS_OF_32, trials), train(new FusedEngine(), trials), 1e-5);
  }

  /** Trials of one stack with all that may differ within it. */
  private static List<Trial> mixed(String optimizer) {
    List<Trial> trials = new ArrayList<>();
    String[] schedules = {"constant", "linear", "cosine"};
    for (int i = 0; i < 9; i++) {
      trials.add(
          trial(
              i % 4,
              "optimizer",
              optimizer,
              "scheme",
              i % 2 == 0 ? "glorot_uniform" : "he_normal",
              "schedule",
              schedules[i % 3],
              "warmup",
              Integer.toString(i % 3 * 2),
              "weight_decay",
              i % 2 == 0 ? "0.01" : "0.0",
              "learning_rate",
              Double.toString(
                  (List.of("adam", "rmsprop").contains(optimizer) ? 0.0005 : 0.01) * (1 + i)),
              "steps",
              Integer.toString(i < 3 ? 3 * i : 10 + i)));
    }
    return trials;
  }

  @Test
  void aStackEqualsEachOfItsTrialsAlone() throws Exception {
    for (String optimizer : Optimizer.names()) {
      List<Trial> trials = mixed(optimizer);
      List<Ended> alone = train(new StackedEngine(setup -> 1), trials);
      assertClose(train(STACKS_OF_32, trials), alone, 1e-5);
      assertClose(train(new FusedEngine(), trials), alone, 1e-5);
    }
  }

  /** Bit for bit, before and after the others have moved to a smaller stack. */
  @Test
  void aDivergedTrialTouchesNoOther() throws Exception {
    for (String optimizer : List.of("sgd", "adam")) {
      List<Trial> calm = new ArrayList<>();
      List<Trial> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String rate = Double.toString(0.001 * (1 + i));
        String[] kind = {"optimizer", optimizer, "activation", "relu", "learning_rate", rate};
        String[] steps = Arrays.copyOf(kind, kind.length + 2);
        steps[kind.length] = "steps";
        steps[kind.length + 1] = "10";
        calm.add(trial(i, steps));
        all.add(calm.get(i));
        if (i % 2 == 0) {
          steps[5] = "1e30";
          steps[kind.length + 1] = "200";
          all.add(trial(i, steps));
        }
      }
      List<Ended> among = train(STACKS_OF_32, all);
      List<Ended> without = train(STACKS_OF_32, calm);
      List<Ended> survivors = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).text("learning_rate").equals("1e30")) {
          assertThat(among.get(i).outcome()).isInstanceOf(Outcome.Diverged.class);
          assertThat(((Outcome.Diverged) among.get(i).outcome()).step()).isBetween(2L, 5L);
        } else {
          survivors.add(among.get(i));
        }
      }
      assertThat(survivors.stream().map(Ended::measurements))
          .isEqualTo(without.stream().map(Ended::measurements).toList());
    }
  }

  @Test
  void aTrialThatThrowsFailsAlone() throws Exception {
    List<Trial> trials =
        List.of(trial(0, "steps", "10"), trial(0, "steps", "10", "test_examples", "1001"));
    List<Ended> ended = train(STACKS_OF_32, trials);
    assertThat(ended.get(0).outcome()).isEqualTo(new Outcome.Completed());
    assertThat(ended.get(0).seconds()).isPositive();
    assertThat(((Outcome.Failed) ended.get(1).outcome()).error()).contains("1001 cannot be taken");
  }

  /** A thousand updates: held-out losses equal but for the repeats' scatter. */
  @Test
  void aThousandUpdatesAgreeInTheMean() throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (int repeat = 0; repeat < 5; repeat++) {
      Trial trial =
          Trials.of(List.of("loss"), List.of(1000L), "learning_rate", "0.05", "steps", "1000");
      trials.add(Trial.of("test", trial.cell(), repeat, 11, trial.measure()));
    }
    List<Ended> stacked = train(STACKS_OF_32, trials);
    List<Ended> dl4j = train(new Dl4jEngine(), trials);
    double[] difference =
        IntStream.range(0, 5)
            .mapToDouble(i -> heldOutLoss(stacked.get(i)) - heldOutLoss(dl4j.get(i)))
            .toArray();
    double mean = Arrays.stream(difference).average().orElseThrow();
    double variance = Arrays.stream(difference).map(x -> (x - mean) * (x - mean)).sum() / 4;
    // Student's t with 4 degrees of freedom exceeds 8.61 once in a thousand.
    assertThat(Math.abs(mean)).isLessThan(8.61 * Math.sqrt(variance / 5) + 1e-6);
  }

  private static double heldOutLoss(Ended ended) {
    return ended.measurements().stream()
        .filter(m -> m.metric().equals("loss"))
        .mapToDouble(Measurement::value)
        .sum();
  }

  @Test
  void updatesTakeNoMemory() throws Exception {
    Dataset data = Datasets.MNIST_6K.load(Optional.empty());
    List<Setup> setups = mixed("adam").stream().map(trial -> Setup.of(trial, data)).toList();
    try (Stack stack = new Stack(setups)) {
      train(stack, 1, 20);
      long before = Nd4j.getDeallocatorService().nextValue();
      train(stack, 21, 220);
      // The number of the next off-heap memory that ND4J will take: nobody else took one.
      assertThat(Nd4j.getDeallocatorService().nextValue()).isEqualTo(before + 1);
    }
  }

  private static void train(Stack stack, int from, int to) {
    for (int update = from; update <= to; update++) {
      stack.losses(update);
      stack.update(update);
    }
  }
}
