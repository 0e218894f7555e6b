package org.initlab.experiment.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.initlab.experiment.vega.SvgPainter;

/** Figures as pictures of a fixed size, where a page's fill its width. */
final class Svg implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDTH = 760;

  private final SvgPainter painter =
      new SvgPainter(List.of(Resource.webJar("vega"), Resource.webJar("vega-lite")));

  /** Files of the figures that can be drawn; of one that Vega refuses the page says why. */
  static Map<String, String> files(List<Drawing> drawings) {
    Map<String, String> files = new TreeMap<>();
    try (Svg svg = new Svg()) {
      for (Drawing drawing : drawings) {
        if (drawing.kind() == Drawing.Kind.DRAWN) {
          try {
            files.put("figures/" + Page.file(drawing.figure()) + ".svg", svg.of(drawing.spec()));
          } catch (IllegalArgumentException e) {
            continue;
          }
        }
      }
    }
    return files;
  }

  /**
   * The picture.
   *
   * @param spec Vega-Lite with data, as a page takes it
   * @throws IllegalArgumentException if Vega refuses it
   */
  String of(String spec) {
    try {
      if (JSON.readTree(spec) instanceof ObjectNode figure
          && figure.path("width").asText().equals("container")) {
        figure.put("width", WIDTH);
        return painter.paint(JSON.writeValueAsString(figure));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The specification is not JSON: " + e.getMessage(), e);
    }
    return painter.paint(spec);
  }

  @Override
  public void close() {
    painter.close();
  }
}
