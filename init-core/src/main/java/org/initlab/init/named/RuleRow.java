package org.initlab.init.named;

import java.util.List;
import java.util.function.Function;

/**
 * One named scheme or calibrator: how it is written, what it does and who proposed it.
 *
 * @param <T> what the name makes
 */
public final class RuleRow<T> {

  private final Signature signature;
  private final List<String> aliases;
  private final String formula;
  private final String paper;
  private final Function<Arguments, T> maker;

  RuleRow(
      Signature signature,
      List<String> aliases,
      String formula,
      String paper,
      Function<Arguments, T> maker) {
    this.signature = signature;
    this.aliases = aliases;
    this.formula = formula;
    this.paper = paper;
    this.maker = maker;
  }

  Signature signature() {
    return signature;
  }

  /** The canonical name, in snake_case. */
  public String name() {
    return signature.name();
  }

  /** Other names for the same thing. */
  public List<String> aliases() {
    return aliases;
  }

  /** What it does, in plain text. */
  public String formula() {
    return formula;
  }

  /** Where it comes from. */
  public String paper() {
    return paper;
  }

  /** What a text can set, in the order in which canonical texts write it. */
  public List<Parameter> parameters() {
    return signature.parameters();
  }

  T make(Arguments arguments) {
    return maker.apply(arguments);
  }

  @Override
  public String toString() {
    return name();
  }
}
