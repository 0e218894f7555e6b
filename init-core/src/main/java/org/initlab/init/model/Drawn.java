package org.initlab.init.model;

import org.initlab.init.Fans;
import org.initlab.init.Initializer;
import org.initlab.init.Law;
import org.initlab.init.WeightShape;
import org.initlab.init.draw.FixedScale;

/**
 * A kernel as its framework draws it.
 *
 * @param role its name in the layer: kernel, recurrent_kernel, depthwise_kernel, ...
 * @param fans as the framework counts them for its initializers
 * @param initializer the framework's name for what draws it
 * @param variance the mean square of a weight; NaN where it is not known
 * @param gathers the weights of which one output is the sum, n, on average over the places, since
 *     there are fewer at an edge: outputs have the variance n Var(w) E[x^2]
 * @param connection how it is applied
 * @param stored its shape as the framework stores it
 * @param source draws it by the law that the framework draws from
 */
public record Drawn(
    String role,
    Fans fans,
    String initializer,
    double variance,
    double gathers,
    Connection connection,
    WeightShape stored,
    Initializer source) {

  /** The weights into one output, away from every edge: what a fan-in should be. */
  public double into() {
    if (connection instanceof Connection.Depthwise depthwise) {
      return depthwise.window().size();
    }
    return connection instanceof Connection.Transposed ? gathers : stored.fans().in();
  }

  /** The same kernel with normal weights of another variance. */
  public Drawn with(String otherInitializer, double otherVariance) {
    Initializer other = new FixedScale(Math.sqrt(otherVariance), new Law.Normal());
    return new Drawn(
        role, fans, otherInitializer, otherVariance, gathers, connection, stored, other);
  }
}
