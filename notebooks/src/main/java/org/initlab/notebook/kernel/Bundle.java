package org.initlab.notebook.kernel;

import java.util.Optional;
import org.initlab.notebook.Shown;
import org.rapaio.jupyter.kernel.display.DisplayData;

/**
 * What is shown, as Jupyter takes it: the same thing in several types, of which a front end picks.
 *
 * <p>A figure's HTML goes as Markdown, of which HTML is a part: JupyterLab prefers HTML to
 * Vega-Lite but Vega-Lite to Markdown, and so draws itself what it can, also in a notebook that it
 * does not trust. Who does not know Vega-Lite takes the Markdown.
 */
final class Bundle {

  private static final String VEGA_LITE = "application/vnd.vegalite.v5+json";
  private static final String MARKDOWN = "text/markdown";

  private Bundle() {}

  static DisplayData of(Shown shown) {
    DisplayData data = DisplayData.fromText(shown.text());
    Optional<String> figure = shown.vegaLite();
    if (figure.isEmpty()) {
      data.putHTML(shown.html());
      return data;
    }
    data.putData(VEGA_LITE, new RawJson(figure.get()));
    data.putData(MARKDOWN, Scripts.drawing(figure.get(), shown.html()));
    return data;
  }
}
