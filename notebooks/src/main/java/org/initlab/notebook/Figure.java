package org.initlab.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.initlab.experiment.Study;
import org.initlab.experiment.report.FigurePage;

/**
 * A picture of rows: a Vega-Lite specification, with its data. JupyterLab, Notebook 7 and VS Code
 * draw it themselves; the others get HTML that draws it without a network.
 *
 * @param title above the picture
 * @param specification Vega-Lite without data, as JSON
 * @param table the data
 */
public record Figure(String title, String specification, Table table) implements Shown.Self {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A figure of your own.
   *
   * @param specification Vega-Lite as JSON; its fields are the table's columns
   */
  public static Figure of(String title, String specification, Table table) {
    Figure figure = new Figure(title, specification, table);
    figure.page().spec();
    return figure;
  }

  /** The same figure under another title. */
  public Figure titled(String other) {
    return new Figure(other, specification, table);
  }

  /** The same figure with other words at its axes; none for an empty text. */
  public Figure axes(String x, String y) {
    return changed(
        encoding -> {
          channel(encoding, "x").put("title", x);
          channel(encoding, "y").put("title", y);
        });
  }

  /**
   * The same figure with a logarithmic axis, on which only what is above 0 has a place.
   *
   * @param axis {@code x} or {@code y}
   */
  public Figure logarithmic(String axis) {
    return changed(
        encoding -> {
          ObjectNode channel = channel(encoding, axis);
          channel.putObject("scale").put("type", "log");
          channel.putObject("axis").put("format", "~g");
        });
  }

  private static ObjectNode channel(ObjectNode encoding, String axis) {
    if (encoding.get(axis) instanceof ObjectNode channel) {
      return channel;
    }
    throw new IllegalArgumentException("This figure has no axis '" + axis + "'. Allowed: x, y.");
  }

  private Figure changed(Consumer<ObjectNode> change) {
    try {
      ObjectNode spec = (ObjectNode) JSON.readTree(specification);
      change.accept(spec.withObject("/encoding"));
      return Figure.of(title, spec.toString(), table);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The specification is not JSON: " + e.getMessage(), e);
    }
  }

  /** The whole specification, data and style included, for other programs. */
  public String vegaLite() {
    return page().spec();
  }

  /** Writes a page that needs no network. */
  public Path save(String file) throws IOException {
    return Files.writeString(Path.of(file), page().page());
  }

  private FigurePage page() {
    List<List<Object>> rows = table.rows();
    return new FigurePage(
        new Study.Figure("figure", title, "", "", specification), table.columns(), rows);
  }

  @Override
  public Shown shown() {
    String spec = vegaLite();
    String text = "%s (a figure of %,d rows)".formatted(title, table.size());
    return new Shown("<p>" + Shown.escaped(text) + "</p>", text, Optional.of(spec));
  }
}
