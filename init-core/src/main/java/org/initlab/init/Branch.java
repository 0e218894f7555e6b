package org.initlab.init;

/**
 * Where a tensor stands in the residual branches {@code x + gate F(x)} of its network.
 *
 * @param branches branches in the network, L; 0 outside of them
 * @param layers tensors in this branch, m
 * @param position this tensor's place in its branch, from 1 at the stream
 * @param gated whether the branch is multiplied by a learned scalar
 */
public record Branch(int branches, int layers, int position, boolean gated) {

  /** Outside of every branch. */
  public static final Branch NONE = new Branch(0, 0, 0, false);

  public Branch {
    boolean none = branches == 0 && layers == 0 && position == 0 && !gated;
    if (!none && (branches < 1 || position < 1 || position > layers)) {
      throw new IllegalArgumentException(
          "A branch has a position from 1 to its layers and is one of at least 1, not position %d of %d, one of %d."
              .formatted(position, layers, branches));
    }
  }

  /** Whether this is a place in a branch. */
  public boolean exists() {
    return branches > 0;
  }

  /** Whether the tensor is the last of its branch: what it gives is added to the stream. */
  public boolean ends() {
    return exists() && position == layers;
  }
}
