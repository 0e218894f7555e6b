package org.initlab.init.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.initlab.init.LiveNetwork;
import org.initlab.init.Probe;
import org.initlab.init.Site;
import org.initlab.init.Tensors;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Test;

/** Derivatives as differences against a loss whose derivatives are known: sum of a_i w_i^4 / 12. */
class GradientQuotientTest {

  private static final Probe PROBE = new Probe(0, 1);

  /** L = 1/2 sum_ij A_ij w_i w_j + sum_i a_i w_i^4 / 12, on a kernel of 3 and a bias of 2. */
  private static final class Quartic implements LiveNetwork {

    private static final double[][] A = {
      {2, .3, 0, .1, 0}, {.3, 1, .2, 0, 0}, {0, .2, 3, 0, .4}, {.1, 0, 0, 1, 0}, {0, 0, .4, 0, 2}
    };
    private static final double[] FOURTH = {1, -.5, .25, 2, .7};

    @Override
    public List<Site> sites() {
      return List.of(Site.dense(3, 2));
    }

    @Override
    public Tensors parameters() {
      return tensors(.5, -.3, .8, 1.1, -.7);
    }

    @Override
    public void set(Tensors parameters) {}

    @Override
    public double[] outputs(Site site, Probe probe) {
      return new double[0];
    }

    @Override
    public Slope slope(Tensors at, Probe probe) {
      double[] w = flat(at);
      double[] g = new double[5];
      double loss = 0;
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5; j++) {
          loss += A[i][j] * w[i] * w[j] / 2;
          g[i] += A[i][j] * w[j];
        }
        loss += FOURTH[i] * Math.pow(w[i], 4) / 12;
        g[i] += FOURTH[i] * Math.pow(w[i], 3) / 3;
      }
      return new Slope(loss, tensors(g));
    }

    double[] hessianTimes(double[] w, double[] v) {
      double[] product = new double[5];
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5; j++) {
          product[i] += A[i][j] * v[j];
        }
        product[i] += FOURTH[i] * w[i] * w[i] * v[i];
      }
      return product;
    }
  }

  private static Tensors tensors(double... x) {
    return new Tensors(List.of(new double[] {x[0], x[1], x[2]}, new double[] {x[3], x[4]}));
  }

  private static double[] flat(Tensors t) {
    double[] k = t.parts().get(0);
    double[] b = t.parts().get(1);
    return new double[] {k[0], k[1], k[2], b[0], b[1]};
  }

  private final Quartic network = new Quartic();
  private final Tensors at = network.parameters();

  private static Tensors some(String name) {
    Key key = Key.of(5).at(name);
    double[] x = new double[5];
    for (int i = 0; i < 5; i++) {
      x[i] = 2 * key.uniform(i) - 1;
    }
    return tensors(x);
  }

  @Test
  void secondDerivatives() {
    Tensors v = some("v");
    double[] have = flat(new Curvature(network, PROBE, at).hessian(v));
    double[] want = network.hessianTimes(flat(at), flat(v));
    for (int i = 0; i < 5; i++) {
      assertThat(have[i]).isCloseTo(want[i], within(1e-8));
    }
  }

  @Test
  void thirdDerivatives() {
    Tensors u = some("u");
    Tensors v = some("v");
    double[] have = flat(new Curvature(network, PROBE, at).third(u, v));
    for (int i = 0; i < 5; i++) {
      double want = 2 * Quartic.FOURTH[i] * flat(at)[i] * flat(u)[i] * flat(v)[i];
      assertThat(have[i]).isCloseTo(want, within(1e-6));
    }
  }

  @Test
  void theQuotientIsItsFormula() {
    double[] g = flat(network.slope(at, PROBE).gradient());
    double[] h = network.hessianTimes(flat(at), g);
    double want = 0;
    for (int i = 0; i < 5; i++) {
      want += Math.abs((g[i] - h[i]) / (g[i] + Math.signum(g[i]) * 1e-5) - 1) / 5;
    }
    assertThat(GradientQuotient.of(network, at, PROBE)).isCloseTo(want, within(1e-7));
    assertThat(GradientQuotient.withSlope(network, at, PROBE).value())
        .isCloseTo(want, within(1e-7));
  }

  @Test
  void theQuotientsSlopeIsThatOfItsDifferences() {
    Tensors slope = GradientQuotient.withSlope(network, at, PROBE).slope();
    for (int i = 0; i < 5; i++) {
      double[] unit = new double[5];
      unit[i] = 1;
      double above = GradientQuotient.of(network, at.plus(1e-5, tensors(unit)), PROBE);
      double below = GradientQuotient.of(network, at.plus(-1e-5, tensors(unit)), PROBE);
      assertThat(flat(slope)[i]).as("%s", i).isCloseTo((above - below) / 2e-5, within(1e-3));
    }
  }
}
