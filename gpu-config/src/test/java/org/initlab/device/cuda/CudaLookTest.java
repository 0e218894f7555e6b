package org.initlab.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.initlab.device.cuda.CudaLook.Answers;
import org.initlab.device.cuda.CudaProbe.Signal;
import org.initlab.device.cuda.CudaProbe.Wanted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernels that look at networks, on the emulator. */
class CudaLookTest {

  private static final int ALL_SHARED = 227 * 1024;

  /** So little that the scratch alone fits. */
  private static final int NONE_SHARED = 64 * 16 * 4 + 64;

  private static final int INPUTS = 5;
  private static final Wanted EVERYTHING = new Wanted(true, true, true);

  /** What a look costs and where its arrays lie, which must not show in what it finds. */
  private record Look(int threads, int sharedBytes, int together, long bytesOfExamples) {}

  private static final Look USUAL = new Look(64, ALL_SHARED, 99, Long.MAX_VALUE);

  /** What is found of some networks; arrays as lists, to be compared. */
  private record Found(List<Answers> answers, List<List<Double>> probes, List<float[]> outputs) {}

  @AfterEach
  void threadsInOrder() {
    Emulator.order(false);
  }

  private static NetworkShape shape(String loss, int... units) {
    List<String> activations = new ArrayList<>(Collections.nCopies(units.length - 1, "tanh"));
    activations.add("identity");
    List<Integer> all = IntStream.of(units).boxed().toList();
    return new NetworkShape(INPUTS, all, activations, 3, loss, "sgd");
  }

  /** Numbers that look random, from -1 to 1. */
  private static float[] numbers(int count, int salt) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.sin(12.9898 * i + 78.233 * salt);
    }
    return numbers;
  }

  private static int[] labels(int count, int classes) {
    return IntStream.range(0, count).map(i -> i * 7 % classes).toArray();
  }

  /** Looks at networks with the weights of these salts, each at the place of its number. */
  private static Found look(Look look, NetworkShape shape, int examples, int... salts) {
    TrainingPlan plan = new TrainingPlan(shape, look.threads(), look.sharedBytes());
    float[] x = numbers(examples * INPUTS, 99);
    int[] labels = labels(examples, shape.out(shape.layers()));
    try (CudaDevice device = Emulator.device();
        CudaTraining training = new CudaTraining(device, plan, salts.length + 1);
        CudaLook looks = new CudaLook(device, training, look.together());
        CudaExamples probe = new CudaExamples(device, INPUTS, x, labels, Long.MAX_VALUE);
        CudaExamples held = new CudaExamples(device, INPUTS, x, labels, look.bytesOfExamples())) {
      double[] factors = new double[2 * shape.layers()];
      int[] places = new int[salts.length];
      for (int i = 0; i < salts.length; i++) {
        places[i] = i + 1; // at place 0 is nothing
        float[] w = salts[i] < 0 ? nan(plan.parameters()) : numbers(plan.parameters(), salts[i]);
        training.start(places[i], w, 0, factors, 0, 0, 0);
      }
      List<CudaProbe> probes = looks.probe(places, probe, EVERYTHING);
      return new Found(
          looks.answers(places, held),
          probes.stream().map(p -> Arrays.stream(p.numbers()).boxed().toList()).toList(),
          probes.stream().map(CudaProbe::outputGradients).toList());
    }
  }

  private static float[] nan(int count) {
    float[] numbers = new float[count];
    Arrays.fill(numbers, Float.NaN);
    return numbers;
  }

  private static void assertSame(Found a, Found b) {
    assertThat(a.answers()).isEqualTo(b.answers());
    assertThat(a.probes()).isEqualTo(b.probes());
    for (int i = 0; i < a.outputs().size(); i++) {
      assertThat(a.outputs().get(i)).isEqualTo(b.outputs().get(i));
    }
  }

  /** In double precision, by the textbook: see {@link TextbookLook}. */
  @ParameterizedTest
  @CsvSource({"cross_entropy, 1", "squared_error, 16", "cross_entropy, 17", "squared_error, 37"})
  void whatIsFoundIsTheTextbooks(String loss, int examples) {
    NetworkShape shape = shape(loss, 7, 40, 3);
    Found found = look(USUAL, shape, examples, 4);
    CudaProbe probe =
        new CudaProbe(
            found.probes().get(0).stream().mapToDouble(x -> x).toArray(), found.outputs().get(0));
    TrainingPlan plan = new TrainingPlan(shape, 64, ALL_SHARED);
    TextbookLook expected =
        new TextbookLook(
            plan,
            numbers(plan.parameters(), 4),
            numbers(examples * INPUTS, 99),
            labels(examples, 3));

    assertThat(found.answers().get(0).loss()).isCloseTo(expected.loss(), within(1e-6));
    assertThat(found.answers().get(0).error()).isEqualTo(expected.error());
    for (int layer = 1; layer <= 3; layer++) {
      for (Signal signal : Signal.values()) {
        if (layer < 3 || signal != Signal.ACTIVATIONS) {
          double[] all = expected.numbers(signal, layer);
          double mean = Arrays.stream(all).average().orElseThrow();
          double variance =
              Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
          String what = signal + " of layer " + layer;
          assertThat(probe.mean(signal, layer)).as(what).isCloseTo(mean, within(1e-6));
          assertThat(probe.variance(signal, layer)).as(what).isCloseTo(variance, within(1e-6));
        }
      }
      if (layer < 3) {
        double[] sizes =
            Arrays.stream(expected.numbers(Signal.ACTIVATIONS, layer)).map(Math::abs).toArray();
        Arrays.sort(sizes);
        int rank = (sizes.length * 98 + 99) / 100;
        assertThat(probe.saturation(layer)).isCloseTo(sizes[rank - 1], within(1e-6));
        assertThat(probe.deadUnits(layer)).isZero();
      }
    }
    double[] outputs = expected.numbers(Signal.PRE_ACTIVATION_GRADIENTS, 3);
    for (int i = 0; i < outputs.length; i++) {
      assertThat((double) probe.outputGradients()[i]).isCloseTo(outputs[i], within(1e-6));
    }
  }

  /** Where arrays lie, how many are looked at together, and in how many parts examples come. */
  @ParameterizedTest
  @CsvSource({"1", "5", "33", "50"})
  void whatIsFoundDependsOnNothingElse(int examples) {
    NetworkShape shape = shape("cross_entropy", 7, 40, 33, 3);
    Found usual = look(USUAL, shape, examples, 1, 2, 3, 4, 5);

    assertSame(look(new Look(64, NONE_SHARED, 99, 1 << 20), shape, examples, 1, 2, 3, 4, 5), usual);
    assertSame(look(new Look(64, ALL_SHARED, 2, 1 << 20), shape, examples, 1, 2, 3, 4, 5), usual);
    assertSame(look(new Look(64, ALL_SHARED, 99, 7 * 24), shape, examples, 1, 2, 3, 4, 5), usual);
    Found alone = look(USUAL, shape, examples, 4);
    assertThat(alone.answers().get(0)).isEqualTo(usual.answers().get(3));
    assertThat(alone.probes().get(0)).isEqualTo(usual.probes().get(3));
    assertThat(usual.probes().get(3)).isNotEqualTo(usual.probes().get(2));
  }

  /** A missing barrier would show. */
  @ParameterizedTest
  @CsvSource({"3, 32", "16, 64", "37, 96"})
  void numbersDoNotDependOnTheOrderOfThreads(int examples, int threads) {
    NetworkShape shape = shape("cross_entropy", 40, 7, 33, 3);
    Look look = new Look(threads, ALL_SHARED, 99, Long.MAX_VALUE);
    Found forward = look(look, shape, examples, 1, 2);
    Emulator.order(true);

    assertSame(look(look, shape, examples, 1, 2), forward);
  }

  /** One pass over numbers whose mean is 16 million times their deviation. */
  @Test
  void aMeanFarFromZeroLeavesTheVarianceWhole() {
    NetworkShape shape =
        new NetworkShape(1, List.of(1), List.of("identity"), 1, "cross_entropy", "sgd");
    TrainingPlan plan = new TrainingPlan(shape, 32, ALL_SHARED);
    float[] x = new float[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = 8_000_000 + i % 2; // exact, as is the variance 1/4
    }
    try (CudaDevice device = Emulator.device();
        CudaTraining training = new CudaTraining(device, plan, 1);
        CudaLook look = new CudaLook(device, training);
        CudaExamples probe = new CudaExamples(device, 1, x, new int[1000], Long.MAX_VALUE)) {
      training.start(0, new float[] {1, 0}, 0, new double[] {1, 1}, 0, 0, 0);
      CudaProbe found = look.probe(new int[1], probe, new Wanted(false, false, false)).get(0);

      assertThat(found.mean(Signal.PRE_ACTIVATIONS, 1)).isEqualTo(8_000_000.5);
      assertThat(found.variance(Signal.PRE_ACTIVATIONS, 1)).isEqualTo(0.25);
      assertThat(found.outputGradients()).isEmpty();
    }
  }

  @Test
  void aNetworkThatIsNoNumberSpoilsNoOther() {
    NetworkShape shape = shape("cross_entropy", 7, 3);
    Found found = look(USUAL, shape, 5, -1, 2);

    assertThat(found.answers().get(0).loss()).isNaN();
    assertThat(found.answers().get(0).error()).isEqualTo(1);
    List<Double> ofLayer = found.probes().get(0).subList(0, CudaProbe.NUMBERS_OF_A_LAYER);
    assertThat(ofLayer).containsOnly(Double.NaN);
    assertThat(found.probes().get(1)).isEqualTo(look(USUAL, shape, 5, 2).probes().get(0));
  }

  /** Rows of padding stay 0 beside a weight or a bias that is infinite: else sums would be NaN. */
  @Test
  void paddingHasNoPartInWhatIsInfinite() {
    float infinite = Float.NEGATIVE_INFINITY;

    CudaProbe weight = lookAtOne(new float[] {1, 0, infinite, 0, 0, 0});
    assertThat(weight.mean(Signal.PRE_ACTIVATION_GRADIENTS, 1)).isInfinite().isPositive();
    assertThat(weight.mean(Signal.WEIGHT_GRADIENTS, 1)).isInfinite().isPositive();
    CudaProbe bias = lookAtOne(new float[] {1, 0, 0, 0, infinite, 0});
    assertThat(bias.mean(Signal.WEIGHT_GRADIENTS, 2)).isZero();
    assertThat(bias.variance(Signal.WEIGHT_GRADIENTS, 2))
        .isCloseTo(Math.pow(Math.tanh(1), 2), within(1e-6));
  }

  /** An example of one number, 1, in a network of one hidden unit and two classes. */
  private static CudaProbe lookAtOne(float[] weights) {
    NetworkShape shape =
        new NetworkShape(1, List.of(1, 2), List.of("tanh", "identity"), 1, "cross_entropy", "sgd");
    TrainingPlan plan = new TrainingPlan(shape, 32, ALL_SHARED);
    try (CudaDevice device = Emulator.device();
        CudaTraining training = new CudaTraining(device, plan, 1);
        CudaLook look = new CudaLook(device, training);
        CudaExamples probe =
            new CudaExamples(device, 1, new float[] {1}, new int[1], Long.MAX_VALUE)) {
      training.start(0, weights, 0, new double[] {1, 1, 1, 1}, 0, 0, 0);
      return look.probe(new int[1], probe, EVERYTHING).get(0);
    }
  }

  @Test
  void noExamplesAreNoNumberAndEveryArrayIsGivenBack() {
    long before = Emulator.live();
    TrainingPlan plan = new TrainingPlan(shape("cross_entropy", 3), 32, ALL_SHARED);
    try (CudaDevice device = Emulator.device();
        CudaTraining training = new CudaTraining(device, plan, 1);
        CudaLook look = new CudaLook(device, training);
        CudaExamples none = new CudaExamples(device, INPUTS, new float[0], new int[0], 0);
        CudaExamples parts =
            new CudaExamples(device, INPUTS, new float[2 * INPUTS], new int[2], 24)) {
      assertThat(look.answers(new int[1], none).get(0).loss()).isNaN();
      assertThat(look.answers(new int[0], parts)).isEmpty();
      assertThatThrownBy(() -> look.probe(new int[1], parts, EVERYTHING))
          .hasMessage("A probe of 2 examples is too large for a look.");
      assertThatThrownBy(() -> new CudaExamples(device, INPUTS, new float[1], new int[2], 9))
          .hasMessage("2 labels want 5 numbers each, and there are 1.");
    }
    assertThat(Emulator.live()).isEqualTo(before);
  }

  @Test
  void aProbeThatIsTooLargeIsNotTaken() {
    TrainingPlan plan = new TrainingPlan(shape("cross_entropy", 1000, 3), 64, ALL_SHARED);

    assertThat(CudaLook.takes(plan, 1000)).isTrue();
    assertThat(CudaLook.takes(plan, 29_000)).isTrue(); // 29 thousand costs, 232 kB
    assertThat(CudaLook.takes(plan, 29_100)).isFalse();
    assertThat(CudaLook.takes(plan, 0)).isFalse();
  }
}
