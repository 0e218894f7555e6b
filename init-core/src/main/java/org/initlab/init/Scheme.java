package org.initlab.init;

/** A whole network's rule: which initializer draws which tensor. */
@FunctionalInterface
public interface Scheme {

  /** The initializer for this site. */
  Initializer at(Site site);

  /** The scheme that uses one initializer for every tensor. */
  static Scheme everywhere(Initializer initializer) {
    return site -> initializer;
  }
}
