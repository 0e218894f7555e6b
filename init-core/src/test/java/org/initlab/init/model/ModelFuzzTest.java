package org.initlab.init.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.initlab.init.dl4j.Dl4jFile;
import org.initlab.init.keras.KerasFile;
import org.initlab.init.random.Key;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken files: nothing but a {@link ModelFileException} comes of them, or a model. */
@Tag("slow")
class ModelFuzzTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CUTS = 60;
  private static final int CHANGES = 150;

  private static final String[] VALUES = {
    "null",
    "-1",
    "0",
    "1",
    "2",
    "3",
    "1e400",
    "-0.5",
    "99999999999999999999",
    "2147483647",
    "\"\"",
    "\"relu\"",
    "\"same\"",
    "[]",
    "[[]]",
    "{}",
    "[1]",
    "[0, 1, 2]",
    "[-3, 7]",
    "true",
    "\"\\u0000\""
  };

  private static String text(String name) throws IOException {
    try (var in = ModelFuzzTest.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Whether it was read; what else may come of a broken file fails the test. */
  private static boolean isRead(String text) {
    try {
      Model model =
          Dl4jFile.looksLike(text)
              ? Dl4jFile.read(text)
              : text.contains("\"@class\"") ? Dl4jFile.read(text) : KerasFile.read(text);
      Verdict.of(Forecast.of(model, 1));
      return true;
    } catch (ModelFileException e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("of " + text.substring(0, Math.min(3000, text.length())), e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras/vgg16.json", "keras/resnet50.json", "keras/mobilenet.json", "keras/text.json",
        "keras/article-cnn.json", "dl4j/images.json", "dl4j/series.json", "dl4j/graph.json"
      })
  void aCutFileIsRefused(String name) throws IOException {
    String whole = text(name).strip();
    assertThat(isRead(whole)).isTrue();
    for (int i = 0; i < CUTS; i++) {
      assertThat(isRead(whole.substring(0, whole.length() * i / CUTS))).as("cut %d", i).isFalse();
    }
  }

  /** One value in the file becomes another, or is gone; seeds are fixed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras/mobilenet.json",
        "keras/text.json",
        "keras/article-cnn.json",
        "dl4j/images.json",
        "dl4j/series.json",
        "dl4j/graph.json"
      })
  void aChangedFileIsReadOrRefused(String name) throws IOException {
    JsonNode whole = JSON.readTree(text(name));
    int refused = 0;
    for (int i = 0; i < CHANGES; i++) {
      JsonNode copy = whole.deepCopy();
      List<JsonNode> inner = new ArrayList<>();
      collect(copy, inner);
      Key key = Key.of(7).at(name, i);
      JsonNode chosen = inner.get(key.below(0, inner.size()));
      int at = key.below(1, chosen.size());
      JsonNode value = JSON.readTree(VALUES[key.below(2, VALUES.length)]);
      boolean drop = key.below(3, 5) == 0;
      if (chosen instanceof ArrayNode array) {
        if (drop) {
          array.remove(at);
        } else {
          array.set(at, value);
        }
      } else if (chosen instanceof ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        object.set(names.get(at), drop ? JsonNodeFactory.instance.missingNode() : value);
        if (drop) {
          object.remove(names.get(at));
        }
      }
      refused += isRead(JSON.writeValueAsString(copy)) ? 0 : 1;
    }
    assertThat(refused).as("changes that matter").isBetween(CHANGES / 20, CHANGES);
  }

  private static void collect(JsonNode node, List<JsonNode> inner) {
    if (node.isContainerNode() && node.size() > 0) {
      inner.add(node);
    }
    node.forEach(child -> collect(child, inner));
  }
}
