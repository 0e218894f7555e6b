package org.initlab.init.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.initlab.init.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CriticalLineTest {

  @ParameterizedTest
  @CsvSource({
    "1e-4, 1.086026, .045709",
    "1e-3, 1.189190, .107292",
    ".01, 1.424205, .273301",
    ".02, 1.544193, .371240",
    ".05, 1.760955, .570048",
    ".1, 1.986073, .805799",
    ".2, 2.285152, 1.164496",
    ".25, 2.401489, 1.317939",
    ".5, 2.843167, 1.971031"
  })
  void theEdgeOfTanh(double bias, double weight, double q) {
    CriticalPoint point = only(Activation.TANH, bias);
    assertThat(point.variances().weight()).isCloseTo(weight, within(5.1e-7));
    assertThat(point.q()).isCloseTo(q, within(5.1e-7));
  }

  /**
   * Hard tanh to ten digits of 30-digit arithmetic on its closed form; rules that are blind to its
   * kinks give 1.052053 and 1.165551.
   */
  @ParameterizedTest
  @CsvSource({
    "erf, .01, 1.114280",
    "erf, .05, 1.375839",
    "erf, .1, 1.552118",
    "softsign, .01, 2.288770",
    "softsign, .05, 3.141247",
    "hard_tanh, .01, 1.0520612094",
    "hard_tanh, .05, 1.1655446896",
    "sin, .05, 1.502070"
  })
  void theEdgeOfOthers(String name, double bias, String weight) {
    CriticalPoint point = only(Activation.valueOf(name.toUpperCase(Locale.ROOT)), bias);
    double unit = Math.pow(10, -(weight.length() - 2));
    assertThat(point.variances().weight())
        .isCloseTo(Double.parseDouble(weight), within(0.51 * unit));
  }

  @ParameterizedTest
  @CsvSource({
    "identity, 1", "relu, 2", "leaky_relu, 1.9998000199980001", "erf, .78539816339744831",
    "sin, 1", "hard_tanh, 1", "tanh, 1", "softsign, 1"
  })
  void withoutBiasesTheEdgeIsKnown(String name, double weight) {
    CriticalPoint point = only(Activation.valueOf(name.toUpperCase(Locale.ROOT)), 0);
    assertThat(point.variances().weight()).isCloseTo(weight, within(1e-12));
    assertThat(point.stable()).isTrue();
  }

  /** On every stable point of every activation's edge the network is critical indeed. */
  @ParameterizedTest
  @EnumSource
  void onTheEdgeChiIsOne(Activation activation) {
    for (double bias : new double[] {0, 1e-3, 0.05, 0.4, 2}) {
      for (CriticalPoint point : new CriticalLine(activation).at(bias)) {
        LengthMap map = new LengthMap(GaussianIntegral.of(activation), point.variances());
        assertThat(map.gradientFactor(point.q())).isCloseTo(1, within(1e-12));
        assertThat(map.of(point.q())).isCloseTo(point.q(), within(1e-11));
        assertThat(map.slope(point.q()) <= 1 + 1e-9).isEqualTo(point.stable() || point.q() == 0);
        if (point.q() > 0) {
          double near = 1.01 * point.q();
          assertThat(map.of(near) <= near * (1 + 1e-12)).isEqualTo(point.stable());
        } else {
          assertThat(map.limit(0.5).q() < 0.5).isEqualTo(point.stable());
        }
      }
    }
  }

  @Test
  void someHaveNoEdge() {
    assertThat(new CriticalLine(Activation.RELU).at(0.1)).isEmpty();
    assertThat(new CriticalLine(Activation.SOFTPLUS).at(0.1)).isEmpty();
    for (Activation f : List.of(Activation.GELU, Activation.SILU, Activation.MISH)) {
      assertThat(new CriticalLine(f).at(0)).as("a kept length flees").noneMatch(p -> p.stable());
      assertThat(new CriticalLine(f).at(0.01)).singleElement().matches(p -> !p.stable());
    }
    assertThatThrownBy(() -> new CriticalLine(Activation.TANH).at(-0.1))
        .hasMessageContaining("at least 0, not -0.1");
  }

  @Test
  void aDiagramHasItsEdgeBetweenItsPhases() {
    PhaseDiagram diagram =
        PhaseDiagram.of(Activation.TANH, new double[] {1, 1.3, 1.4, 2}, new double[] {0.1, 0.5});
    List<Phase> phases = diagram.points().stream().map(Propagation::phase).toList();
    assertThat(phases)
        .containsExactly(
            Phase.ORDERED,
            Phase.CHAOTIC,
            Phase.CHAOTIC,
            Phase.CHAOTIC, // edge 1.193
            Phase.ORDERED,
            Phase.ORDERED,
            Phase.ORDERED,
            Phase.CHAOTIC); // edge 1.550
    assertThat(diagram.edge()).hasSize(2);
    assertThat(diagram.edge().get(1).variances().sigmaW())
        .isCloseTo(Math.sqrt(2.401489), within(1e-6));
    assertThat(diagram.points().get(5).variances()).isEqualTo(Variances.ofDeviations(1.3, 0.5));
  }

  /** 41 by 41 in seconds of this thread; about 0.3 s, the coldest start included. */
  @Test
  void aDiagramTakesLessThanTwoSeconds() {
    var threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    PhaseDiagram diagram = PhaseDiagram.of(Activation.TANH, 41);
    double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
    assertThat(diagram.points()).hasSize(41 * 41);
    assertThat(seconds).isLessThan(2);
  }

  private static CriticalPoint only(Activation activation, double bias) {
    List<CriticalPoint> points = new CriticalLine(activation).at(bias);
    assertThat(points).hasSize(1);
    return points.get(0);
  }
}
