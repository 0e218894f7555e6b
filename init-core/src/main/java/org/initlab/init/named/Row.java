package org.initlab.init.named;

import java.util.List;
import java.util.function.Function;
import org.initlab.init.Initializer;
import org.initlab.init.Layout;
import org.initlab.init.draw.Shapes;

/** One named initializer: how it is written, what it computes and who proposed it. */
public final class Row {

  private final String name;
  private final List<String> aliases;
  private final String formula;
  private final String paper;
  private final List<Parameter> parameters;
  private final Function<Arguments, Initializer> maker;
  private final Shapes shapes;
  private final Layout layout;
  private final List<String> disagreements;

  Row(
      String name,
      List<String> aliases,
      String formula,
      String paper,
      List<Parameter> parameters,
      Function<Arguments, Initializer> maker) {
    this(
        name,
        aliases,
        formula,
        paper,
        parameters,
        maker,
        Shapes.ANY,
        Layout.KERNEL_IN_OUT,
        List.of());
  }

  private Row(
      String name,
      List<String> aliases,
      String formula,
      String paper,
      List<Parameter> parameters,
      Function<Arguments, Initializer> maker,
      Shapes shapes,
      Layout layout,
      List<String> disagreements) {
    this.name = name;
    this.aliases = aliases;
    this.formula = formula;
    this.paper = paper;
    this.parameters = parameters;
    this.maker = maker;
    this.shapes = shapes;
    this.layout = layout;
    this.disagreements = disagreements;
  }

  /** The same row for these tensors only. */
  Row only(Shapes allowed) {
    return new Row(
        name, aliases, formula, paper, parameters, maker, allowed, layout, disagreements);
  }

  /** The same row for shapes written in this order. */
  Row in(Layout order) {
    return new Row(name, aliases, formula, paper, parameters, maker, shapes, order, disagreements);
  }

  /** The same row with what other programs mean by its name. */
  Row but(String... others) {
    return new Row(
        name, aliases, formula, paper, parameters, maker, shapes, layout, List.of(others));
  }

  /** The canonical name, in snake_case. */
  public String name() {
    return name;
  }

  /** Other names for the same thing. */
  public List<String> aliases() {
    return aliases;
  }

  /** What it draws, in plain text. */
  public String formula() {
    return formula;
  }

  /** Where it comes from. */
  public String paper() {
    return paper;
  }

  /** The tensors that it can fill. */
  public Shapes shapes() {
    return shapes;
  }

  /** The order in which the framework that the name belongs to writes a shape. */
  public Layout layout() {
    return layout;
  }

  /** Who means something else by this name, and what. */
  public List<String> disagreements() {
    return disagreements;
  }

  /** What a text can set, in the order in which canonical texts write it. */
  public List<Parameter> parameters() {
    return parameters;
  }

  Signature signature() {
    return new Signature(name, parameters);
  }

  /** What the arguments make; those that do not fit together are refused by the row's name. */
  Initializer initializer(Arguments arguments) {
    try {
      return maker.apply(arguments);
    } catch (IllegalArgumentException e) {
      String says = e.getMessage();
      throw says.startsWith(name + ":") ? e : new IllegalArgumentException(name + ": " + says, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
