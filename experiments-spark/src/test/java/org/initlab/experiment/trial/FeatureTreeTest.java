package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.initlab.experiment.Trial;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;

class FeatureTreeTest {

  private static final Dataset DATA = new FeatureTree("feature-tree");
  private static final Goal GOAL = DATA.goal(Loss.SQUARED_ERROR);

  private static Trial trial(String... more) {
    String[] own = {
      "dataset",
      "feature-tree",
      "loss",
      "squared_error",
      "test_examples",
      "32",
      "probe_examples",
      "32"
    };
    String[] all = new String[own.length + more.length];
    System.arraycopy(own, 0, all, 0, own.length);
    System.arraycopy(more, 0, all, own.length, more.length);
    return Trials.of(List.of("loss", "error"), List.of(0L), all);
  }

  @Test
  void relativesAreAsAlikeAsTheirBranchesSay() {
    // Items whose nearest common ancestor is k levels up agree up to 2k flips: 0.8^(2k). A mean of
    // 32 * 2^(k-1) / 2 pairs and 1000 features; deviations of five standard errors of one feature's
    // product, as if pairs were one: 1 in 10^6.
    for (int k = 1; k <= 5; k++) {
      double sum = 0;
      int pairs = 0;
      for (int a = 0; a < 32; a++) {
        for (int b = 0; b < 32; b++) {
          if (a >> k == b >> k && a >> (k - 1) != b >> (k - 1)) {
            pairs++;
            for (int f = 0; f < 1000; f++) {
              sum += GOAL.target(a, f) * GOAL.target(b, f);
            }
          }
        }
      }
      assertThat(sum / pairs / 1000).isCloseTo(Math.pow(0.8, 2 * k), within(5 / Math.sqrt(1000)));
    }
    assertThat(IntStream.range(0, 1000).mapToObj(f -> Math.abs(GOAL.target(9, f))))
        .containsOnly(1f);
  }

  @Test
  void everyEpochHasEveryItemOnce() {
    ExampleStream stream = DATA.training(Key.of(3));
    float[] x = new float[32];
    for (int epoch = 0; epoch < 3; epoch++) {
      TreeSet<Integer> items = new TreeSet<>();
      for (int i = 0; i < 32; i++) {
        int item = stream.write(32L * epoch + i, x, 0);
        items.add(item);
        for (int k = 0; k < 32; k++) {
          assertThat(x[k]).isEqualTo(k == item ? 1 : 0);
        }
      }
      assertThat(items).hasSize(32);
    }
    Apart apart = new Apart(Key.of(4), 5);
    TreeSet<Integer> items = new TreeSet<>();
    for (int i = 0; i < 27; i++) {
      items.add(DATA.training(Key.of(3), apart).write(i, x, 0));
    }
    for (int i = 0; i < 5; i++) {
      items.add(DATA.validation(apart).write(i, x, 0));
    }
    assertThat(items).hasSize(32);
    assertThatThrownBy(() -> DATA.validation(apart).write(32, x, 0)).hasMessageContaining("32");
  }

  @Test
  void theLossIsTheSquaredDistanceAndItsSlopeTheDifference() {
    float[] s = new float[2000];
    double sum = 0;
    for (int k = 0; k < 1000; k++) {
      s[1000 + k] = (float) Math.sin(k);
      sum += Math.pow((double) s[1000 + k] - GOAL.target(7, k), 2) / 2;
    }
    float[] slope = new float[2000];
    double[] room = new double[1000];
    assertThat(GOAL.of(s, 1000, 1000, 7)).isCloseTo(sum, within(1e-9));
    assertThat(GOAL.of(s, 1000, 7, room, slope)).isCloseTo(sum, within(1e-9));
    for (int k = 0; k < 1000; k++) {
      room[k] = s[1000 + k];
      assertThat(slope[1000 + k]).isEqualTo(s[1000 + k] - GOAL.target(7, k));
    }
    assertThat(GOAL.replace(room, 7)).isCloseTo(sum, within(1e-9));
    assertThat((float) room[3]).isEqualTo(slope[1003]);
  }

  @Test
  void anAnswerIsTheNearestItem() {
    float[] s = new float[1000];
    for (int k = 0; k < 1000; k++) {
      s[k] = 0.5f * GOAL.target(12, k);
    }
    assertThat(GOAL.right(s, 0, 1000, 12)).isTrue();
    assertThat(GOAL.right(s, 0, 1000, 13)).isFalse();
    s[0] = Float.NaN;
    assertThat(GOAL.right(s, 0, 1000, 12)).isFalse();
  }

  @Test
  void whatDoesNotFitItIsRefusedBeforeAnyTrial() {
    assertThat(Engines.objection(trial())).isEmpty();
    assertThat(Engines.objection(trial("loss", "cross_entropy")))
        .hasValue(
            "loss cross_entropy wants classes, and the labels of dataset feature-tree stand for"
                + " vectors of 1000 numbers. Allowed there: squared_error.");
    assertThat(Engines.objection(trial("probe_examples", "33")).orElseThrow())
        .contains("probe_examples 33 are more than the 32 examples");
    assertThat(Engines.objection(trial("engine", "stacked")).orElseThrow())
        .contains("engine stacked does not run dataset feature-tree")
        .contains("Allowed: fused.");
    assertThatThrownBy(() -> DATA.goal(Loss.CROSS_ENTROPY)).hasMessageContaining("squared_error");
    assertThat(Datasets.FEATURE_TREE.outputs()).isEqualTo(DATA.outputs());
    assertThat(Engines.topology(trial()).sites().get(2).shape().out()).isEqualTo(1000);
  }

  @Test
  void itIsTheSameEverywhere() throws Exception {
    assertThat(Datasets.FEATURE_TREE.load(Optional.empty()).fingerprint())
        .isEqualTo("0fec844b45d5c308346384a145a36d602da8bcd100773c833363f6e4671439e5");
  }
}
