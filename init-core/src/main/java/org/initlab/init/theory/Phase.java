package org.initlab.init.theory;

/**
 * The phases of a wide random network, by what becomes of two nearby inputs. Source: Poole et al.
 * 2016, section 2.
 */
public enum Phase {
  /** chi_1 below 1: all inputs end alike, gradients vanish. */
  ORDERED,
  /** chi_1 is 1, to 1e-9: the edge of chaos, where depth costs nothing. */
  CRITICAL,
  /** chi_1 above 1: nearby inputs part, gradients explode. */
  CHAOTIC,
  /** The signal itself grows without bound, before any question of correlation. */
  DIVERGING
}
