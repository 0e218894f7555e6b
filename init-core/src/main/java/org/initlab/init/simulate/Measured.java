package org.initlab.init.simulate;

import org.initlab.init.model.LayerSignal;

/**
 * What was measured of a layer over several draws.
 *
 * @param predicted what theory says
 * @param measured means over the draws: of the factors, and geometric ones of lengths and gradients
 * @param forwardError standard error of the forward factor
 * @param backwardError of the backward factor
 */
public record Measured(
    LayerSignal predicted, LayerSignal measured, double forwardError, double backwardError) {

  /** What finite layers and few examples may make of a factor. */
  public static final double SLACK = 0.1;

  /** Standard errors, of few draws, within which a factor may lie. */
  public static final double ERRORS = 4;

  /** Whether the forward factor is the predicted one, within a tenth and four standard errors. */
  public boolean forwardHolds() {
    return holds(predicted.forward(), measured.forward(), forwardError);
  }

  /** Whether the backward factor is. */
  public boolean backwardHolds() {
    return holds(predicted.backward(), measured.backward(), backwardError);
  }

  private static boolean holds(double predicted, double measured, double error) {
    return Math.abs(measured - predicted) <= SLACK * predicted + ERRORS * error;
  }
}
