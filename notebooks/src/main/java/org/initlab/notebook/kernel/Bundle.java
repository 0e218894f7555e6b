package org.initlab.notebook.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.initlab.notebook.Shown;
import org.rapaio.jupyter.kernel.display.DisplayData;

/**
 * What is shown, as Jupyter takes it: the same thing in several types, of which a front end picks.
 */
final class Bundle {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VEGA_LITE = "application/vnd.vegalite.v5+json";

  private Bundle() {}

  static DisplayData of(Shown shown) {
    DisplayData data = DisplayData.fromText(shown.text());
    data.putHTML(
        shown.vegaLite().map(spec -> Scripts.drawing(spec, shown.html())).orElse(shown.html()));
    shown.vegaLite().ifPresent(spec -> data.putData(VEGA_LITE, map(spec)));
    return data;
  }

  /** The kernel leaves out what is null, and a title that is left out is the field's name. */
  private static Map<String, Object> map(String spec) {
    try {
      return JSON.readValue(
          spec.replace("\"title\":null", "\"title\":\"\""), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The specification is not JSON: " + e.getMessage(), e);
    }
  }
}
