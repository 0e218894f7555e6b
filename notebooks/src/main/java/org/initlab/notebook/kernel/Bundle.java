package org.initlab.notebook.kernel;

import org.initlab.notebook.Shown;
import org.rapaio.jupyter.kernel.display.DisplayData;

/**
 * What is shown, as Jupyter takes it: the same thing in several types, of which a front end picks.
 */
final class Bundle {

  private static final String VEGA_LITE = "application/vnd.vegalite.v5+json";

  private Bundle() {}

  static DisplayData of(Shown shown) {
    DisplayData data = DisplayData.fromText(shown.text());
    data.putHTML(
        shown.vegaLite().map(spec -> Scripts.drawing(spec, shown.html())).orElse(shown.html()));
    shown.vegaLite().ifPresent(spec -> data.putData(VEGA_LITE, new RawJson(spec)));
    return data;
  }
}
