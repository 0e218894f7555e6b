package org.initlab.init.random;

/** Placeholder of the vocabulary commit: the Threefry key, filled in by the random room. */
public record Key(int high, int low) {

  public static Key of(long seed) {
    return new Key((int) (seed >>> 32), (int) seed);
  }

  public Key at(String name) {
    throw new IllegalStateException("not drawn yet: " + name);
  }

  public Key at(String name, long index) {
    return at(name + "/" + index);
  }
}
