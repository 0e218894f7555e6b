package org.initlab.experiment.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.initlab.experiment.Trial;
import org.junit.jupiter.api.Test;

class EnginesChoiceTest {

  private static Trial trial(String... changes) {
    return Trials.of(List.of(), List.of(), changes);
  }

  @Test
  void autoTakesTheFastestThatRunsTheTrial() {
    assertThat(Engines.of(trial("engine", "auto")).name()).isEqualTo("fused");
    assertThat(Engines.of(trial("engine", "stacked")).name()).isEqualTo("stacked");
    assertThat(Engines.of(trial("engine", "dl4j")).name()).isEqualTo("dl4j");
    assertThat(Engines.reason(trial("engine", "auto")))
        .isEqualTo("the fastest of fused, stacked, dl4j");
    assertThat(Engines.reason(trial("engine", "auto", "activation", "sin")))
        .isEqualTo("the fastest of fused, stacked");
  }

  @Test
  void aPrecisionHasItsOwnEngines() {
    Trial exact = trial("engine", "auto", "precision", "float64");
    assertThat(Engines.of(exact).name()).isEqualTo("double");
    assertThat(Engines.reason(exact)).isEqualTo("the fastest of double");
    assertThat(Engines.objection(exact)).isEmpty();
    assertThat(Engines.couldUseGpu(exact)).isFalse();
    assertThat(Engines.couldUseGpu(trial())).isTrue();
    for (String engine : List.of("fused", "fused-cuda", "stacked", "dl4j")) {
      assertThat(Engines.objection(trial("engine", engine, "precision", "float64")))
          .hasValue(
              "engine "
                  + engine
                  + " trains in float32, and precision is float64. Allowed there: auto, double."
                  + " Maybe double.");
    }
    assertThat(Engines.objection(trial("engine", "double", "precision", "float32")))
        .hasValue(
            "engine double trains in float64, and precision is float32. Allowed there: auto,"
                + " fused, stacked, dl4j. Maybe auto.");
  }

  @Test
  void whatNoEngineRunsIsSaidBeforehand() {
    assertThat(Engines.objection(trial("engine", "dl4j"))).isEmpty();
    assertThat(Engines.objection(trial("engine", "dl4j", "activation", "sin")))
        .hasValue(
            "engine dl4j does not run architecture mlp with activation sin with optimizer sgd."
                + " Allowed: fused, stacked. Maybe auto.");
    assertThat(Engines.objection(trial("width", "50000")))
        .hasValue(
            "layer/2 of width 50000 has a kernel of 2,500,000,000 weights. Allowed: at most"
                + " 2^31 - 65. Take a smaller width.");
  }
}
