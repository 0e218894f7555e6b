package org.initlab.init;

/**
 * Everything that is known about one weight tensor before any data is seen.
 *
 * @param name the tensor's name in its network, which also names its random stream
 * @param shape how many units it joins
 * @param role what it does in the network
 * @param into the activation that its outputs feed
 * @param layer the layer's number, from 1 at the input
 * @param depth layers of weights in the network, the output layer included
 * @param branch where it stands in a residual branch
 */
public record Site(
    String name,
    WeightShape shape,
    Role role,
    Activation into,
    int layer,
    int depth,
    Branch branch) {

  /** A tensor outside of every residual branch. */
  public Site(String name, WeightShape shape, Role role, Activation into, int layer, int depth) {
    this(name, shape, role, into, layer, depth, Branch.NONE);
  }

  /** The biases of this kernel's outputs, a row of one a unit, named {@code name/bias}. */
  public Site bias() {
    WeightShape row = WeightShape.dense(1, shape.out());
    return new Site(name + "/bias", row, Role.BIAS, into, layer, depth, branch);
  }

  /** A lone dense layer, for drawing outside a network. */
  public static Site dense(long in, long out) {
    return of(WeightShape.dense(in, out));
  }

  /** A lone layer of this shape, for drawing outside a network. */
  public static Site of(WeightShape shape) {
    return new Site("weights", shape, Role.HIDDEN, Activation.IDENTITY, 1, 1);
  }
}
