package org.initlab.init.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.initlab.init.Activation;

/**
 * The theory of one activation over a grid of deviations, and its edge of chaos at each sigma_b.
 *
 * <p>Source: Poole et al. 2016, figure 1; Schoenholz et al. 2017.
 *
 * @param activation the nonlinearity
 * @param points one for each pair of deviations, sigma_b by sigma_b
 * @param edge the stable critical points at the sigma_b of the grid
 */
public record PhaseDiagram(
    Activation activation, List<Propagation> points, List<CriticalPoint> edge) {

  public PhaseDiagram {
    points = List.copyOf(points);
    edge = List.copyOf(edge);
  }

  /**
   * The diagram over all pairs of these deviations; 41 by 41 take a second or less.
   *
   * @throws IllegalArgumentException if a deviation is below 0 or not finite
   */
  public static PhaseDiagram of(Activation activation, double[] sigmaW, double[] sigmaB) {
    LengthGrid grid = new LengthGrid(GaussianIntegral.of(activation));
    CriticalLine line = new CriticalLine(grid);
    List<Propagation> points = new ArrayList<>();
    List<CriticalPoint> edge = new ArrayList<>();
    for (double b : sigmaB) {
      for (double w : sigmaW) {
        points.add(Propagation.of(grid, Variances.ofDeviations(w, b)));
      }
      line.at(b * b).stream().filter(CriticalPoint::stable).forEach(edge::add);
    }
    return new PhaseDiagram(activation, points, edge);
  }

  /**
   * The diagram at {@code n} deviations each way, about four times as far as the edge of chaos at
   * sigma_b = 0 (or as sigma_w = 1 where there is none that is stable).
   */
  public static PhaseDiagram of(Activation activation, int n) {
    double unit =
        new CriticalLine(activation)
            .at(0).stream()
                .filter(CriticalPoint::stable)
                .findFirst()
                .map(p -> p.variances().sigmaW())
                .orElse(1.0);
    double[] sigmaW = new double[n];
    Arrays.setAll(sigmaW, i -> unit * 4 * (i + 1) / n);
    double[] sigmaB = new double[n];
    Arrays.setAll(sigmaB, i -> unit * 2 * i / (n - 1));
    return of(activation, sigmaW, sigmaB);
  }
}
