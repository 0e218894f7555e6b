package org.initlab.init.draw;

import org.initlab.init.Fan;

/** A rule that divides a variance by one of a layer's fans. */
public interface FanRule {

  /** The fan that divides. */
  Fan fan();
}
