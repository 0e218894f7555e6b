package org.initlab.notebook.kernel;

import java.io.IOException;
import org.rapaio.shaded.com.google.gson.TypeAdapter;
import org.rapaio.shaded.com.google.gson.annotations.JsonAdapter;
import org.rapaio.shaded.com.google.gson.stream.JsonReader;
import org.rapaio.shaded.com.google.gson.stream.JsonWriter;

/**
 * JSON that goes into a message as it stands. Of a map the kernel would leave out what is null, but
 * in Vega-Lite {@code "legend": null} means no legend, and no {@code legend} means one.
 *
 * @param text the JSON
 */
@JsonAdapter(RawJson.Writer.class)
record RawJson(String text) {

  static final class Writer extends TypeAdapter<RawJson> {

    @Override
    public void write(JsonWriter out, RawJson json) throws IOException {
      out.jsonValue(json.text());
    }

    @Override
    public RawJson read(JsonReader in) {
      throw new UnsupportedOperationException("Messages are only written.");
    }
  }
}
