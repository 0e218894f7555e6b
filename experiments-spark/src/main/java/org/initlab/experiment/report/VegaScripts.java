package org.initlab.experiment.report;

import java.util.List;

/** What draws a Vega-Lite specification in a page that has no network. */
public final class VegaScripts {

  private VegaScripts() {}

  /** Vega, Vega-Lite and vega-embed, in the order in which a page needs them. */
  public static List<String> all() {
    return List.of(
        Resource.webJar("vega"), Resource.webJar("vega-lite"), Resource.webJar("vega-embed"));
  }
}
