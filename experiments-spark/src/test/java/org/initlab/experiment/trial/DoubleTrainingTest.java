package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.initlab.experiment.Measurement;
import org.initlab.experiment.Outcome;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialResult;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Rates;
import org.initlab.init.Tensors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training in double precision by itself: its losses, its bits and its ends. */
@Tag("slow")
class DoubleTrainingTest {

  private static List<Long> everyUpdate(int updates) {
    return LongStream.rangeClosed(0, updates).boxed().toList();
  }

  private static double[] trainingLosses(TrialResult result) {
    return result.measurements().stream()
        .filter(m -> m.metric().equals("loss/train"))
        .mapToDouble(Measurement::value)
        .toArray();
  }

  /** The calibrators' gradients, and updates as the textbook writes them. */
  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  void itsLossesAreThoseOfALoopWrittenDown(String optimizer) throws IOException {
    String[] arguments = {
      "optimizer",
      optimizer,
      "learning_rate",
      "0.01",
      "weight_decay",
      "0.1",
      "schedule",
      "linear",
      "scheme",
      "mup(base_width=8)",
      "steps",
      "6"
    };
    Trial trial = DoubleEngineTest.trial("float64", everyUpdate(6), arguments);
    double[] losses = trainingLosses(Trials.run(trial));
    assertThat(losses).hasSize(6);
    Setup setup = Setup.of(trial, Datasets.MNIST_6K.load(Optional.empty()));
    LiveNetwork network = new CalibratedNetwork(setup, setup.first(), setup.training());
    Tensors w = network.parameters();
    Tensors m = w.times(0);
    Tensors v = w.times(0);
    for (int t = 1; t <= 6; t++) {
      LiveNetwork.Slope slope = network.slope(w, new Probe(t - 1, setup.batch()));
      assertThat(losses[t - 1]).isCloseTo(slope.loss(), within(1e-13 * slope.loss()));
      double rate = 0.01 * (1 - (t - 1) / 6.0);
      for (int p = 0; p < w.parts().size(); p++) {
        Rates rates = setup.rates(setup.sites().get(p / 2));
        boolean kernel = p % 2 == 0;
        double own = rate * (kernel ? rates.kernel() : rates.bias());
        double[] at = w.parts().get(p);
        for (int i = 0; i < at.length; i++) {
          double g = slope.gradient().parts().get(p)[i] + (kernel ? 0.1 * at[i] : 0);
          double[] mean = m.parts().get(p);
          double[] square = v.parts().get(p);
          mean[i] = 0.9 * mean[i] + 0.1 * g;
          square[i] = 0.999 * square[i] + 0.001 * g * g;
          double bias = Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t));
          at[i] -=
              own * (optimizer.equals("sgd") ? g : bias * mean[i] / (Math.sqrt(square[i]) + 1e-8));
        }
      }
    }
  }

  @Test
  void aTrialHasTheSameBitsTwiceAloneAndAmongOthers() {
    List<Trial> trials = new ArrayList<>();
    for (String architecture : List.of("mlp", "gated_residual_mlp", "cnn")) {
      for (String optimizer : Optimizer.names()) {
        for (String width : List.of("5", "32")) {
          trials.add(
              DoubleEngineTest.trial(
                  "float64",
                  List.of(0L, 1L, 10L),
                  "architecture",
                  architecture,
                  "optimizer",
                  optimizer,
                  "width",
                  architecture.equals("cnn") ? "4" : width,
                  "learning_rate",
                  "0.01",
                  "steps",
                  "10",
                  "test_examples",
                  "60",
                  "probe_examples",
                  "20"));
        }
      }
    }
    Trials.assertSameAloneAndAmongOthers(trials);
  }

  /** Weights of float32 as they are drawn; after ten updates each precision has its own. */
  @Test
  void bothPrecisionsStartFromTheSameWeightsAndPart() {
    List<TrialResult> both =
        Stream.of("float32", "float64")
            .map(p -> Trials.run(DoubleEngineTest.trial(p, List.of(0L, 10L), "steps", "10")))
            .toList();
    for (int layer = 1; layer <= 3; layer++) {
      String std = "gradient_moments/preactivation_std";
      assertThat(Trials.value(both.get(1), std, 0, layer))
          .isEqualTo(Trials.value(both.get(0), std, 0, layer));
    }
    assertThat(Trials.value(both.get(1), "loss/train", 10, 0))
        .isNotEqualTo(Trials.value(both.get(0), "loss/train", 10, 0));
  }

  @Test
  void aDivergedTrialIsARowAndTouchesNoOther() {
    Trial calm = DoubleEngineTest.trial("float64", List.of(0L, 20L), "steps", "20");
    List<Measurement> before = Trials.run(calm).measurements();
    Trial wild =
        DoubleEngineTest.trial(
            "float64",
            List.of(0L, 200L),
            "steps",
            "200",
            "activation",
            "relu",
            "learning_rate",
            "1e200");
    TrialResult result = Trials.run(wild);
    assertThat(result.outcome()).isInstanceOf(Outcome.Diverged.class);
    assertThat(((Outcome.Diverged) result.outcome()).step()).isBetween(2L, 10L);
    assertThat(result.measurements()).isNotEmpty().noneMatch(m -> m.step() == 200);
    assertThat(Trials.run(calm).measurements()).isEqualTo(before);
  }
}
