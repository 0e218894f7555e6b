package org.initlab.init.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.model.InputShape;
import org.initlab.init.model.ModelFileException;

/**
 * Shapes of what comes into a model: the file's, and for lengths that it leaves open the user's.
 */
final class Inputs {

  private final List<Long> inputShape;

  Inputs(List<Long> inputShape) {
    this.inputShape = inputShape;
  }

  /** The first shape that is given in one of these places, without the batch. */
  List<Long> shape(Settings settings, List<JsonNode> places) throws ModelFileException {
    for (JsonNode place : places) {
      if (place.isArray() && place.size() > 0) {
        List<Long> lengths = new ArrayList<>();
        for (int i = 1; i < place.size(); i++) {
          lengths.add(length(settings, place, place.get(i)));
        }
        return InputShape.merged("layer " + settings.layer(), lengths, inputShape);
      }
    }
    if (!inputShape.isEmpty()) {
      return inputShape;
    }
    throw settings.amiss(
        "the shape of its input is missing. Maybe build the model before it is written, give it an"
            + " Input layer, or give --input-shape.");
  }

  private static long length(Settings settings, JsonNode shape, JsonNode length)
      throws ModelFileException {
    if (length.isNull()) {
      return -1;
    }
    boolean fits = length.isIntegralNumber() && length.canConvertToInt();
    if (!fits || length.asLong() < 1) {
      throw settings.wrong(
          "the shape of the input", shape, "made of whole numbers from 1 and null");
    }
    return length.asLong();
  }
}
