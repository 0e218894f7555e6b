package org.initlab.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.initlab.device.cuda.CudaTraining.Launch;
import org.initlab.device.cuda.CudaTraining.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel that trains, on the emulator. */
class CudaTrainingTest {

  private static final int ALL_SHARED = 227 * 1024;

  /** So little that the scratch alone fits. */
  private static final int NONE_SHARED = 64 * 9 * 4 + 64;

  private static final int STEPS = 5;

  @AfterEach
  void threadsInOrder() {
    Emulator.order(false);
  }

  /** What is trained, and how long each launch is. */
  private record Run(NetworkShape shape, int threads, int sharedBytes, List<Integer> launches) {}

  private record Result(List<float[]> parameters, List<Double> losses, List<int[]> ends) {}

  private static NetworkShape shape(int batch, String optimizer, int... units) {
    List<String> activations = new ArrayList<>(Collections.nCopies(units.length - 1, "tanh"));
    activations.add("identity");
    return new NetworkShape(
        5, IntStream.of(units).boxed().toList(), activations, batch, "cross_entropy", optimizer);
  }

  /** Numbers that look random, from -1 to 1. */
  private static float[] numbers(int count, int salt) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(12.9898 * i + 78.233 * salt);
    }
    return numbers;
  }

  /** Trains as many networks as there are rates, each from weights and in an order of its own. */
  private static Result train(Run run, float... rates) {
    NetworkShape shape = run.shape();
    TrainingPlan plan = new TrainingPlan(shape, run.threads(), run.sharedBytes());
    int examples = STEPS * shape.batch();
    float[] x = numbers(examples * shape.inputs(), 99);
    int classes = shape.out(shape.layers());
    int[] labels = IntStream.range(0, examples).map(i -> i * 7 % classes).toArray();
    Result result = new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try (CudaDevice device = Emulator.device();
        CudaTraining training = new CudaTraining(device, plan, rates.length)) {
      double[] factors = new double[2 * shape.layers()];
      Arrays.fill(factors, 1);
      for (int t = 0; t < rates.length; t++) {
        training.start(t, numbers(plan.parameters(), t), 0, factors, 0.01f, 0.9f, t % 2);
      }
      int done = 0;
      for (int steps : run.launches()) {
        float[] each = new float[rates.length * steps];
        for (int i = 0; i < each.length; i++) {
          each[i] = rates[i / steps];
        }
        Progress progress =
            training.run(
                new Launch(
                    done,
                    steps,
                    each,
                    corrections(done, steps),
                    x,
                    labels,
                    order(examples, shape.batch(), done, steps)));
        DoubleStream.of(progress.losses()).boxed().forEach(result.losses()::add);
        result.ends().add(progress.ends());
        done += steps;
      }
      for (int t = 0; t < rates.length; t++) {
        result.parameters().add(training.parameters(t));
      }
    }
    return result;
  }

  /** The first stream goes from the first example on, the second from the last back. */
  private static int[] order(int examples, int batch, int done, int steps) {
    int[] order = new int[2 * steps * batch];
    for (int i = 0; i < steps * batch; i++) {
      order[i] = done * batch + i;
      order[steps * batch + i] = examples - 1 - done * batch - i;
    }
    return order;
  }

  private static double[] corrections(int done, int steps) {
    return IntStream.rangeClosed(done + 1, done + steps)
        .mapToDouble(t -> Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t)))
        .toArray();
  }

  private static void assertSame(Result a, Result b) {
    assertThat(a.parameters().size()).isEqualTo(b.parameters().size());
    for (int t = 0; t < a.parameters().size(); t++) {
      assertThat(a.parameters().get(t)).isEqualTo(b.parameters().get(t));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "momentum", "nesterov", "rmsprop", "adam"})
  void numbersDoNotDependOnWhereArraysLie(String optimizer) {
    assertNumbersDoNotDependOnWhereArraysLie(shape(3, optimizer, 7, 40, 3));
  }

  /** More units than threads, and neither is a multiple of what a tile of weights has. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void numbersOfWideLayersDoNotDependOnWhereArraysLie(int batch) {
    assertNumbersDoNotDependOnWhereArraysLie(shape(batch, "sgd", 150, 37, 70, 3));
  }

  private static void assertNumbersDoNotDependOnWhereArraysLie(NetworkShape shape) {
    int part = shape.batch() > 4 ? 12 : 9;
    int little = NONE_SHARED / 9 * part;
    Result shared = train(new Run(shape, 64, ALL_SHARED, List.of(STEPS)), 0.1f, 0.02f);
    Result global = train(new Run(shape, 64, little, List.of(STEPS)), 0.1f, 0.02f);

    assertThat(new TrainingPlan(shape, 64, ALL_SHARED).sharedKernels()).isEqualTo(shape.layers());
    assertThat(new TrainingPlan(shape, 64, little).sharedKernels()).isZero();
    assertThat(new TrainingPlan(shape, 64, little).workspace()).isPositive();
    assertSame(shared, global);
  }

  /** A missing barrier would show. */
  @ParameterizedTest
  @CsvSource({"1, 32", "3, 64", "10, 64", "17, 96"})
  void numbersDoNotDependOnTheOrderOfThreads(int batch, int threads) {
    for (int sharedBytes : new int[] {ALL_SHARED, threads * 16 * Float.BYTES + 64}) {
      NetworkShape shape = shape(batch, "adam", 140, 70, 33, 3);
      Run run = new Run(shape, threads, sharedBytes, List.of(STEPS));
      Emulator.order(false);
      Result forward = train(run, 0.01f);
      Emulator.order(true);

      assertSame(forward, train(run, 0.01f));
    }
  }

  @Test
  void launchesOfAnyLengthGiveTheSame() {
    NetworkShape shape = shape(3, "adam", 7, 3);

    assertSame(
        train(new Run(shape, 64, ALL_SHARED, List.of(2, 1, 2)), 0.01f, 0.1f),
        train(new Run(shape, 64, ALL_SHARED, List.of(STEPS)), 0.01f, 0.1f));
  }

  @Test
  void aNetworkIsTheSameAloneAndAmongOthers() {
    Run run = new Run(shape(3, "sgd", 7, 3), 64, ALL_SHARED, List.of(STEPS));

    assertThat(train(run, 0.1f, 0.5f, 3f).parameters().get(0))
        .isEqualTo(train(run, 0.1f).parameters().get(0));
  }

  /** In double precision, by the textbook, for a batch of one and a hidden layer. */
  @Test
  void anUpdateIsTheGradientOfTheLoss() {
    NetworkShape shape = shape(1, "sgd", 4, 3);
    TrainingPlan plan = new TrainingPlan(shape, 32, ALL_SHARED);
    float[] w = numbers(plan.parameters(), 0);
    Result trained = train(new Run(shape, 32, ALL_SHARED, List.of(1)), 0.5f);
    double[] gradient = new double[w.length];
    float h = 1e-3f;
    for (int i = 0; i < w.length; i++) {
      gradient[i] = (loss(plan, w, i, h) - loss(plan, w, i, -h)) / (2 * h);
    }

    assertThat(trained.losses().get(0)).isCloseTo(loss(plan, w, 0, 0), within(1e-6));
    for (int i = 0; i < w.length; i++) {
      boolean bias =
          i >= plan.kernelAt(2) + 12 || (i >= plan.kernelAt(1) + 20 && i < plan.kernelAt(2));
      double expected = w[i] - 0.5 * (gradient[i] + (bias ? 0 : 0.01 * w[i]));
      assertThat(trained.parameters().get(0)[i]).isCloseTo((float) expected, within(1e-6f));
    }
  }

  /** The loss of the first example with parameter i moved by h. */
  private static double loss(TrainingPlan plan, float[] w, int moved, double h) {
    float[] x = numbers(STEPS * 5, 99);
    double[] z = new double[4];
    double[] s = new double[3];
    for (int j = 0; j < 4; j++) {
      double sum = at(w, plan.kernelAt(1) + 20 + j, moved, h);
      for (int i = 0; i < 5; i++) {
        sum += x[i] * at(w, plan.kernelAt(1) + i * 4 + j, moved, h);
      }
      z[j] = Math.tanh(sum);
    }
    double all = 0;
    for (int k = 0; k < 3; k++) {
      s[k] = at(w, plan.kernelAt(2) + 12 + k, moved, h);
      for (int j = 0; j < 4; j++) {
        s[k] += z[j] * at(w, plan.kernelAt(2) + j * 3 + k, moved, h);
      }
      all += Math.exp(s[k]);
    }
    return Math.log(all) - s[0]; // the first label is 0
  }

  private static double at(float[] w, int i, int moved, double h) {
    return w[i] + (i == moved ? h : 0);
  }

  @Test
  void aNetworkThatDivergesEndsAndTheOthersGoOn() {
    Run run = new Run(shape(3, "sgd", 7, 3), 64, ALL_SHARED, List.of(3, 2));
    Result result = train(run, 0.1f, Float.NaN, 1e38f);

    assertThat(result.ends().get(1)).containsExactly(0, 2, 3);
    assertThat(result.parameters().get(0)).isEqualTo(train(run, 0.1f).parameters().get(0));
  }

  @Test
  void aRetiredNetworkStaysAsItIs() {
    NetworkShape shape = shape(3, "sgd", 7, 3);
    TrainingPlan plan = new TrainingPlan(shape, 64, ALL_SHARED);
    try (CudaDevice device = Emulator.device();
        CudaTraining training = new CudaTraining(device, plan, 1)) {
      float[] w = numbers(plan.parameters(), 0);
      training.start(0, w, 1e-8f, new double[] {1, 1, 1, 1}, 0, 0, 0);
      training.retire(0);
      Progress progress =
          training.run(
              new Launch(
                  0,
                  1,
                  new float[] {1},
                  new double[] {1},
                  numbers(15, 1),
                  new int[3],
                  new int[] {0, 1, 2}));

      assertThat(progress.ends()).containsExactly(CudaTraining.RETIRED);
      assertThat(training.parameters(0)).isEqualTo(w);
    }
  }

  @Test
  void everyArrayIsGivenBack() {
    long before = Emulator.live();
    train(new Run(shape(3, "sgd", 7, 3), 64, ALL_SHARED, List.of(STEPS)), 0.1f);

    assertThat(Emulator.live()).isEqualTo(before);
  }

  @Test
  void whatTheKernelsLackIsNamed() {
    assertThatThrownBy(
            () -> new NetworkShape(2, List.of(3), List.of("identity"), 1, "cross_entropy", "lamb"))
        .hasMessage(
            "The kernels have no optimizer lamb. Allowed: sgd, momentum, nesterov, rmsprop, adam.");
    assertThatThrownBy(() -> shape(1, "sgd", 0, 2)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> new TrainingPlan(shape(1, "sgd", 2), 33, ALL_SHARED))
        .hasMessageContaining("32 to 512 threads, not 33");
    assertThatThrownBy(() -> new TrainingPlan(shape(100000, "sgd", 2), 32, ALL_SHARED))
        .hasMessageContaining("A batch of 100000 needs too much memory");
  }
}
