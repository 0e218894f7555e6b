package org.initlab.experiment.grid;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads single values. A number is read only if every version of YAML reads the same number; the
 * others (1e-3, 1_000, 010, 1:30) are problems that say what to write.
 */
final class Scalars {

  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?((0|[1-9][0-9]{0,99})(\\.[0-9]{0,99})?|\\.[0-9]{1,99})"
              + "|[-+]?((0|[1-9][0-9]{0,99})\\.[0-9]{0,99}|\\.[0-9]{1,99})[eE][-+][0-9]{1,3}");

  private Scalars() {}

  /** What a node is, with its article. */
  static String describe(Node node) {
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    if (node instanceof SequenceNode) {
      return "a list";
    }
    return Fields.isNull(node) ? "empty" : "'" + brief(((ScalarNode) node).getValue()) + "'";
  }

  private static String brief(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  /** Text in quotes, or plain text that YAML reads as nothing else. */
  static Optional<String> text(String what, Node node, Problems problems) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(node, what + " is " + describe(node) + ", and text is wanted.");
    } else if (scalar.getValue().isBlank()) {
      problems.add(node, what + " has no value. Write one after the colon, or leave the key out.");
    } else if (scalar.isPlain() && !node.getTag().equals(Tag.STR)) {
      String value = scalar.getValue();
      problems.add(
          node,
          what
              + " "
              + value
              + " is read as "
              + readAs(node.getTag())
              + ", and text is wanted. If you mean the text, write \""
              + value
              + "\" in quotes.");
    } else {
      return Optional.of(scalar.getValue());
    }
    return Optional.empty();
  }

  private static String readAs(Tag tag) {
    if (tag.equals(Tag.BOOL)) {
      return "true or false";
    }
    if (tag.equals(Tag.TIMESTAMP)) {
      return "a date";
    }
    return tag.equals(Tag.NULL) ? "no value" : "a number";
  }

  /** A number; {@code allowed} says which ones are. */
  static Optional<BigDecimal> number(String what, Node node, String allowed, Problems problems) {
    if (!(node instanceof ScalarNode scalar)) {
      problems.add(
          node, what + " is " + describe(node) + ", and a number is wanted. Allowed: " + allowed);
      return Optional.empty();
    }
    String value = scalar.getValue();
    if (Fields.isNull(node)) {
      problems.add(node, what + " has no value. Allowed: " + allowed);
      return Optional.empty();
    }
    if (!scalar.isPlain()) {
      problems.add(
          node, what + " \"" + brief(value) + "\" is text, being in quotes. Allowed: " + allowed);
      return Optional.empty();
    }
    if (node.getTag().equals(Tag.BOOL)) {
      problems.add(node, what + " '" + value + "' is read as true or false. Allowed: " + allowed);
      return Optional.empty();
    }
    return number(what, value, node, allowed, problems);
  }

  /** The number that {@code value} is, within the text of {@code node}. */
  static Optional<BigDecimal> number(
      String what, String value, Node node, String allowed, Problems problems) {
    if (NUMBER.matcher(value).matches()) {
      BigDecimal number = new BigDecimal(value);
      if (Double.isFinite(number.doubleValue())) {
        return Optional.of(number);
      }
    }
    String named = what + " '" + brief(value) + "'";
    Optional<String> plain = mended(value);
    if (plain.isPresent()) {
      problems.add(
          node, named + " is not the same to every reader of YAML. Write " + plain.get() + ".");
    } else if (value.matches("(?i)[-+]?\\.?(nan|inf|infinity)")
        || NUMBER.matcher(value).matches()) {
      problems.add(node, named + " is not finite. Allowed: " + allowed);
    } else {
      problems.add(node, named + " is not a number. Allowed: " + allowed);
    }
    return Optional.empty();
  }

  /** A whole number. */
  static Optional<BigDecimal> whole(String what, Node node, String allowed, Problems problems) {
    return number(what, node, allowed, problems).filter(v -> isWhole(what, v, node, problems));
  }

  static boolean isWhole(String what, BigDecimal value, Node node, Problems problems) {
    if (value.scale() <= 0) {
      return true;
    }
    boolean integral = value.stripTrailingZeros().scale() <= 0;
    problems.add(
        node,
        what
            + " '"
            + value
            + "' is not a whole number."
            + (integral
                ? " Write " + value.toBigInteger() + "."
                : " Write it without a fraction."));
    return false;
  }

  /** How to write a number that the versions of YAML disagree about. */
  private static Optional<String> mended(String value) {
    if (value.length() > 40) {
      return Optional.empty();
    }
    String bare = value.replace("_", "");
    if (bare.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)[eE][-+]?[0-9]{1,2}")) {
      return Optional.of(written(new BigDecimal(bare.replaceFirst("\\.(?=[eE])", ""))));
    }
    if (bare.matches("[-+]?0[0-7]+")) {
      String digits = bare.replaceFirst("^([-+]?)0+(?=.)", "$1");
      return Optional.of(digits + ", or " + new BigInteger(bare, 8) + " if octal is meant");
    }
    if (bare.matches("[-+]?[0-9]+\\.?[0-9]*")) {
      return Optional.of(bare.replaceFirst("^([-+]?)0+(?=[0-9])", "$1"))
          .filter(m -> !m.equals(value));
    }
    if (bare.matches("[0-9]{1,9}(:[0-5]?[0-9]){1,4}")) {
      long seconds = 0;
      for (String part : bare.split(":")) {
        seconds = seconds * 60 + Long.parseLong(part);
      }
      return Optional.of(seconds + ", which is what YAML 1.1 reads");
    }
    if (bare.matches("0[xX][0-9a-fA-F]+")) {
      return Optional.of(new BigInteger(bare.substring(2), 16).toString());
    }
    if (bare.matches("0b[01]+")) {
      return Optional.of(new BigInteger(bare.substring(2), 2).toString());
    }
    if (bare.matches("0o[0-7]+")) {
      return Optional.of(new BigInteger(bare.substring(2), 8).toString());
    }
    return Optional.empty();
  }

  private static String written(BigDecimal number) {
    String plain = number.toPlainString();
    return plain.length() <= 20 ? plain : portable(number.doubleValue());
  }

  /** The shortest text of a double that every version of YAML reads as this number. */
  static String portable(double value) {
    return Double.toString(value).replaceFirst("E(?=[0-9])", "E+");
  }
}
