package org.initlab.experiment.launch;

import java.io.Serializable;
import java.util.Map;

/** What an executor is asked before it is given trials. */
@FunctionalInterface
public interface Check extends Serializable {

  /**
   * Facts about the machine that this runs on, by name.
   *
   * @throws Exception whose message says what is amiss there
   */
  Map<String, String> facts() throws Exception;
}
