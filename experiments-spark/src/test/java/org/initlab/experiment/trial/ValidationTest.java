package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples that a learning rate is chosen on are neither learned nor tested. */
class ValidationTest {

  private static final List<String> METRICS =
      List.of("loss", "error", "validation_loss", "validation_error");

  private static Trial trial(String... more) {
    String[] usual = {"steps", "20", "probe_examples", "20", "test_examples", "200"};
    String[] all = Arrays.copyOf(usual, usual.length + more.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return Trials.of(METRICS, List.of(0L, 20L), all);
  }

  private static Set<FloatBuffer> images(ExampleStream stream, int inputs, int count) {
    Set<FloatBuffer> images = new HashSet<>();
    float[] x = new float[inputs];
    for (int i = 0; i < count; i++) {
      stream.write(i, x, 0);
      images.add(FloatBuffer.wrap(x.clone()));
    }
    return images;
  }

  /** By the numbers of the images; no two of those that ship are equal, which is seen first. */
  @ParameterizedTest
  @EnumSource(
      value = Datasets.class,
      mode = EnumSource.Mode.EXCLUDE,
      // Files of two do not ship; they are read as the others are. Of one, all there is is learned
      // and tested.
      names = {"MNIST", "CIFAR_10", "FEATURE_TREE"})
  void noExampleIsInTwoParts(Datasets row) throws IOException {
    Dataset data = row.load(Optional.empty());
    int apart = 1500;
    int learned = 500 + (int) Math.min(data.trainingExamples() - apart, 3500); // over an epoch
    int tested = (int) Math.min(data.heldOutExamples(), 1000);
    Setup setup =
        Setup.of(
            trial("dataset", row.title(), "validation_examples", "" + apart, "batch", "1"), data);
    Set<FloatBuffer> validation = new HashSet<>();
    Examples examples = setup.validation();
    for (int i = 0; i < apart; i++) {
      int n = data.inputs();
      validation.add(FloatBuffer.wrap(Arrays.copyOfRange(examples.x(), i * n, (i + 1) * n)));
    }
    assertThat(validation).hasSize(apart);
    Set<FloatBuffer> training = images(setup.training(), data.inputs(), learned);
    Set<FloatBuffer> calibration =
        images(
            data.training(Key.of(11).at("repeat", 0).at("calibration"), setup.course().apart()),
            data.inputs(),
            500);
    Set<FloatBuffer> test = images(data.heldOut(Key.of(11).at("held out")), data.inputs(), tested);
    assertThat(test).hasSize(tested);
    assertThat(Collections.disjoint(validation, training)).as("validation, training").isTrue();
    assertThat(Collections.disjoint(validation, calibration))
        .as("validation, calibration")
        .isTrue();
    assertThat(Collections.disjoint(validation, test)).as("validation, test").isTrue();
    assertThat(Collections.disjoint(training, test)).as("training, test").isTrue();
  }

  /** Nothing that is measured of a trial moves unless it keeps examples apart. */
  @Test
  void withoutValidationAllIsAsItWas() throws IOException {
    Dataset data = Datasets.MNIST_6K.load(Optional.empty());
    Key order = Key.of(11).at("repeat", 0).at("data");
    float[] x = new float[784];
    float[] y = new float[784];
    ExampleStream kept = data.training(order, new Apart(Key.of(3), 0));
    ExampleStream whole = data.training(order);
    for (int i = 0; i < 6000; i++) {
      assertThat(kept.write(i, x, 0)).isEqualTo(whole.write(i, y, 0));
      assertThat(x).isEqualTo(y);
    }
  }

  /** The test examples are the same whatever is kept apart; what is learned is not. */
  @Test
  void testExamplesStay() {
    TrialResult none =
        Trials.run(
            Trials.of(
                List.of("loss"),
                List.of(0L, 20L),
                "steps",
                "20",
                "probe_examples",
                "20",
                "test_examples",
                "200"));
    TrialResult some = Trials.run(trial("validation_examples", "400"));
    assertThat(Trials.value(some, "loss", 0, 0)).isEqualTo(Trials.value(none, "loss", 0, 0));
    assertThat(Trials.value(some, "loss", 20, 0)).isNotEqualTo(Trials.value(none, "loss", 20, 0));
    assertThat(Trials.value(some, "validation_loss", 20, 0))
        .isNotEqualTo(Trials.value(some, "loss", 20, 0))
        .isLessThan(Trials.value(some, "validation_loss", 0, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "stacked"})
  void enginesAgree(String engine) {
    TrialResult fused = Trials.run(trial("validation_examples", "400", "engine", "fused"));
    TrialResult other = Trials.run(trial("validation_examples", "400", "engine", engine));
    assertThat(other.measurements()).hasSameSizeAs(fused.measurements()).hasSize(9);
    for (int i = 0; i < 9; i++) {
      Measurement ours = fused.measurements().get(i);
      Measurement theirs = other.measurements().get(i);
      assertThat(theirs.metric()).isEqualTo(ours.metric());
      // An error is a count: an example on the border may fall to either side.
      double most = ours.metric().endsWith("error") ? 0.0026 : 1e-4 * ours.value();
      assertThat(theirs.value()).as(ours.metric()).isCloseTo(ours.value(), within(most));
    }
  }

  /** Trials that keep other examples apart do not share a batch, though seed and repeat agree. */
  @Test
  void stackedTrialsLearnFromTheirOwnExamples() throws IOException {
    Dataset data = Datasets.MNIST_6K.load(Optional.empty());
    Setup none = Setup.of(trial(), data);
    Setup some = Setup.of(trial("validation_examples", "400"), data);
    assertThat(none.course()).isNotEqualTo(some.course());
    CudaBatches.Part part = new CudaBatches(List.of(none, some, none)).part(0, 1);
    Examples own = some.emptyBatch();
    own.fill(some.training(), 1);
    int size = own.x().length;
    assertThat(part.examples()).hasSize(2 * size);
    assertThat(Arrays.copyOfRange(part.examples(), size, 2 * size)).isEqualTo(own.x());
  }
}
