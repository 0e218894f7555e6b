package org.initlab.init.simulate;

import java.util.List;
import org.initlab.init.random.Key;

/**
 * A layer at work on a batch: arrays are [batch, shape...], row-major. A step is used for one draw:
 * forward once, then backward once.
 */
interface Step {

  /** The outputs of these inputs. */
  float[] forward(List<float[]> inputs, Key key);

  /** The gradients by the inputs, of that by the outputs. */
  List<float[]> backward(float[] gradient);

  /** The squared norm of the gradient by the sums before the activation; NaN without kernels. */
  default double gradientAtSums() {
    return Double.NaN;
  }

  /** The mean square of the sums before the activation; NaN where there are none. */
  default double length() {
    return Double.NaN;
  }

  /** The part of units that are saturated; 0 without an activation. */
  default double saturated() {
    return 0;
  }
}
