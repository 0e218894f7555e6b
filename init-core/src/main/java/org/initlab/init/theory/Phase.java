package org.initlab.init.theory;

import java.util.Locale;

/**
 * The phases of a wide random network, by what becomes of two nearby inputs. Source: Poole et al.
 * 2016, section 2.
 */
public enum Phase {
  /** chi_1 below 1: all inputs end alike, gradients vanish. */
  ORDERED("inputs become alike, gradients vanish"),
  /** chi_1 is 1, to 1e-9: the edge of chaos, where depth costs nothing. */
  CRITICAL("the edge of chaos"),
  /** chi_1 above 1: nearby inputs part, gradients explode. */
  CHAOTIC("nearby inputs part, gradients explode"),
  /** The signal itself grows without bound, before any question of correlation. */
  DIVERGING("the signal grows without bound");

  private final String says;

  Phase(String says) {
    this.says = says;
  }

  /** What happens, in a few words. */
  public String says() {
    return says;
  }

  /** The name in tables: {@code ordered}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
