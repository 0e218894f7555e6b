package org.initlab.init.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.junit.jupiter.api.Test;

/** What is no model, or too much of one, is refused with the place and what is amiss. */
class KerasRefusalsTest {

  private static void isRefused(String text, String... words) {
    assertThatThrownBy(() -> KerasFile.read(text))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void whatIsNoModelIsRefused() throws Exception {
    isRefused("nothing", "line 1", "not JSON");
    String whole = KerasText.mlp(3, 8, "relu", "HeNormal", "");
    isRefused(whole.substring(0, whole.length() / 2), "cut off");
    isRefused("{\"a\": 1}", "not a Keras model", "model.to_json()");
    isRefused("[]", "not a Keras model");
    isRefused(
        KerasText.sequential(KerasText.dense("dense", 5, "relu", "HeNormal", "")),
        "layer dense",
        "the shape of its input is missing");
    isRefused(
        KerasText.sequential(
            KerasText.input("4"), KerasText.layer("Dense", "dense", "\"units\": -3")),
        "layer dense",
        "units must be a whole number from 1 to 2147483647, not -3");
    isRefused(
        KerasText.sequential(
            KerasText.input("4"),
            KerasText.layer("Conv2D", "c", "\"filters\": 3, \"kernel_size\": [3, 3]")),
        "layer c",
        "takes 3 lengths");
    isRefused(
        KerasText.sequential(KerasText.input("4"), KerasText.input("4")),
        "two layers have this name");
    isRefused(
        """
        {"class_name": "Functional", "config": {"name": "m", "layers": [
          {"class_name": "InputLayer", "name": "a", "config": {"name": "a", "batch_input_shape": [null, 4]}, "inbound_nodes": []},
          {"class_name": "Add", "name": "b", "config": {"name": "b"}, "inbound_nodes": [[["a", 0, 0, {}], ["c", 0, 0, {}]]]},
          {"class_name": "Dropout", "name": "c", "config": {"name": "c"}, "inbound_nodes": [[["b", 0, 0, {}]]]}]}}
        """,
        "a cycle");
    isRefused(
        """
        {"class_name": "Functional", "config": {"name": "m", "layers": [
          {"class_name": "Add", "name": "b", "config": {"name": "b"}, "inbound_nodes": [[["a", 0, 0, {}]]]}]}}
        """,
        "layer b",
        "which the file lacks");
    isRefused(
        KerasText.sequential(
            KerasText.input("5, 5, 1"),
            KerasText.layer("Conv2D", "c", "\"filters\": 3, \"kernel_size\": [7, 7]")),
        "layer c",
        "a window of 7 does not fit");
    isRefused(
        KerasText.sequential(
            KerasText.input("5"),
            KerasText.dense("d", 5, "relu", "RandomNormal", "\"stddev\": -1")),
        "layer d",
        "stddev must be at least 0, not -1");
    isRefused("{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}", "without a layer");
    isRefused("{\"a\": 1, \"a\": 2}", "line 1", "Duplicate field");
  }

  /**
   * Beside each other deep, wide and many: the file's nesting, a layer's size, models in models.
   */
  @Test
  void whatIsTooLargeIsRefused() {
    isRefused("[".repeat(100_000), "not JSON");
    isRefused(
        KerasText.sequential(
            KerasText.input("2000000000"),
            KerasText.layer("Flatten", "f", ""),
            KerasText.layer("RepeatVector", "r", "\"n\": 2000000000"),
            KerasText.layer("RepeatVector", "s", "\"n\": 2000000000"),
            KerasText.layer("Flatten", "t", "")),
        "layer t",
        "more than 2^63 numbers");
    isRefused(
        KerasText.sequential(
            KerasText.input("3"), KerasText.dense("d", 99999999999L, "relu", "HeNormal", "")),
        "layer d",
        "units must be");
    // Ten calls of a model with ten calls of a model ...
    String inner = KerasText.dense("d", 3, "relu", "HeNormal", "");
    for (int i = 0; i < 6; i++) {
      inner =
          """
          {"class_name": "Functional", "name": "d", "config": {"name": "d", "layers": [
            {"class_name": "InputLayer", "config": {"name": "x", "batch_shape": [null, 3]}, "inbound_nodes": []},
            %s], "output_layers": [["d", 0, 0]]}}
          """
              .formatted(called(inner));
    }
    isRefused(inner, "more than 100,000 layers");
  }

  private static String called(String layer) {
    String calls = String.join(", ", Collections.nCopies(10, "[[\"x\", 0, 0, {}]]"));
    return layer.strip().replaceFirst("}$", ", \"inbound_nodes\": [" + calls + "]}");
  }

  /** A chain of any length, its layers from back to front. */
  @Test
  void aLongChainIsRead() throws Exception {
    StringBuilder layers = new StringBuilder();
    int depth = 20_000;
    for (int i = depth; i > 0; i--) {
      layers.append(
          "{\"class_name\": \"Dropout\", \"config\": {\"name\": \"l%d\"}, \"inbound_nodes\": [[[\"l%d\", 0, 0, {}]]]}, "
              .formatted(i, i - 1));
    }
    layers.append(
        "{\"class_name\": \"InputLayer\", \"config\": {\"name\": \"l0\", \"batch_shape\": [null, 3]}, \"inbound_nodes\": []}");
    Model model =
        KerasFile.read(
            "{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": ["
                + layers
                + "]}}");
    assertThat(model.layers()).hasSize(depth + 1);
    assertThat(model.layers().get(depth).name()).isEqualTo("l" + depth);
  }
}
