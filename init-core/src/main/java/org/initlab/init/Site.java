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
 */
public record Site(
    String name, WeightShape shape, Role role, Activation into, int layer, int depth) {

  /** A lone dense layer, for drawing outside a network. */
  public static Site dense(long in, long out) {
    return of(WeightShape.dense(in, out));
  }

  /** A lone layer of this shape, for drawing outside a network. */
  public static Site of(WeightShape shape) {
    return new Site("weights", shape, Role.HIDDEN, Activation.IDENTITY, 1, 1);
  }
}
