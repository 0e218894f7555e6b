package org.initlab.experiment.grid;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.initlab.init.named.Nearest;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Lists of numbers in short: {@code log(a, b, n)} and {@code lin(a, b, n)} are n numbers from a to
 * b, evenly spaced in the logarithm or as they are, and {@code a..b} are the whole numbers from a
 * to b. The ends are exact; numbers between them are rounded to six significant digits, so that
 * their text is short and the same on every machine. Where whole numbers are wanted they are
 * rounded to those, and equal ones are kept once.
 */
final class Spread {

  /** Most numbers that one spread may stand for. */
  static final int MOST = 1_000_000;

  static final String GRAMMAR = "[...], log(a, b, n), lin(a, b, n) or a..b";

  private static final MathContext SHORT = new MathContext(6, RoundingMode.HALF_EVEN);
  private static final Pattern CALL = Pattern.compile("([A-Za-z_]*)\\s*\\((.*)\\)");
  private static final Pattern RANGE = Pattern.compile("([-+]?\\w+)\\s*\\.\\.\\s*([-+]?\\w+)");

  /** A number and the node that it comes from. */
  record Item(BigDecimal number, Node node) {}

  private final String what;
  private final boolean whole;
  private final String allowed;
  private final Problems problems;

  /** Reads numbers of {@code what}, of which {@code allowed} says what they may be. */
  Spread(String what, boolean whole, String allowed, Problems problems) {
    this.what = what;
    this.whole = whole;
    this.allowed = allowed;
    this.problems = problems;
  }

  /** The numbers of a list or of a spread; spreads may stand in the list, too. */
  List<Item> items(Node node) {
    List<Item> items = new ArrayList<>();
    if (node instanceof SequenceNode list) {
      for (Node item : list.getValue()) {
        if (isSpread(item)) {
          items.addAll(expanded((ScalarNode) item));
        } else {
          number(item).ifPresent(v -> items.add(new Item(v, item)));
        }
      }
      if (list.getValue().isEmpty()) {
        problems.add(node, what + " is an empty list. Write at least one value: " + allowed);
      }
    } else if (isSpread(node)) {
      items.addAll(expanded((ScalarNode) node));
    } else {
      problems.add(
          node,
          what
              + " is "
              + Scalars.describe(node)
              + ", and several values are wanted. Write "
              + (node instanceof ScalarNode s ? "[" + s.getValue() + "], or " : "")
              + GRAMMAR
              + ".");
    }
    return items;
  }

  private Optional<BigDecimal> number(Node node) {
    return whole
        ? Scalars.whole(what, node, allowed, problems)
        : Scalars.number(what, node, allowed, problems);
  }

  private static boolean isSpread(Node node) {
    return node instanceof ScalarNode scalar
        && (CALL.matcher(scalar.getValue()).matches()
            || RANGE.matcher(scalar.getValue()).matches());
  }

  private List<Item> expanded(ScalarNode node) {
    String text = node.getValue();
    Matcher range = RANGE.matcher(text);
    List<BigDecimal> numbers =
        range.matches() ? range(node, range.group(1), range.group(2)) : called(node, text);
    return numbers.stream().map(v -> new Item(v, node)).toList();
  }

  private List<BigDecimal> range(Node node, String from, String to) {
    Optional<BigDecimal> a = inside(node, from, true);
    Optional<BigDecimal> b = inside(node, to, true);
    if (a.isEmpty() || b.isEmpty()) {
      return List.of();
    }
    BigDecimal steps = b.get().subtract(a.get());
    if (steps.signum() < 0) {
      return refuse(node, from + ".." + to, "counts down. Write " + to + ".." + from + ".");
    }
    if (steps.compareTo(BigDecimal.valueOf(MOST)) >= 0) {
      return refuse(node, from + ".." + to, "is too long. Allowed: at most " + MOST + " values.");
    }
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i <= steps.intValueExact(); i++) {
      numbers.add(a.get().add(BigDecimal.valueOf(i)));
    }
    return numbers;
  }

  private List<BigDecimal> called(Node node, String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      return List.of();
    }
    String name = call.group(1);
    if (!name.equals("log") && !name.equals("lin")) {
      return refuse(
          node,
          text,
          "is not known. Allowed: " + GRAMMAR + "." + Nearest.maybe(name, List.of("log", "lin")));
    }
    String[] parts = call.group(2).split(",", -1);
    if (parts.length != 3) {
      return refuse(
          node, text, "has " + parts.length + " numbers and not 3. Write " + name + "(a, b, n).");
    }
    Optional<BigDecimal> a = inside(node, parts[0].strip(), false);
    Optional<BigDecimal> b = inside(node, parts[1].strip(), false);
    Optional<BigDecimal> n = inside(node, parts[2].strip(), true);
    if (a.isEmpty() || b.isEmpty() || n.isEmpty()) {
      return List.of();
    }
    if (a.get().compareTo(b.get()) >= 0) {
      return refuse(node, text, "does not ascend. Write the smaller number first.");
    }
    if (name.equals("log") && a.get().signum() <= 0) {
      return refuse(node, text, "takes the logarithm of " + a.get() + ". Begin above 0.");
    }
    if (n.get().compareTo(BigDecimal.valueOf(2)) < 0
        || n.get().compareTo(BigDecimal.valueOf(MOST)) > 0) {
      return refuse(node, text, "has " + n.get() + " values. Allowed: 2 to " + MOST + ".");
    }
    return between(name.equals("log"), a.get(), b.get(), n.get().intValueExact(), whole);
  }

  /** {@code n} numbers from {@code a} to {@code b}, in whole numbers without repetition. */
  static List<BigDecimal> between(boolean log, BigDecimal a, BigDecimal b, int n, boolean whole) {
    double low = log ? Math.log10(a.doubleValue()) : a.doubleValue();
    double high = log ? Math.log10(b.doubleValue()) : b.doubleValue();
    List<BigDecimal> numbers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double at = low + (high - low) * i / (n - 1);
      BigDecimal number =
          i == 0 ? a : i == n - 1 ? b : new BigDecimal(log ? Math.pow(10, at) : at, SHORT);
      numbers.add(whole ? number.setScale(0, RoundingMode.HALF_EVEN) : number);
    }
    return whole ? numbers.stream().distinct().toList() : numbers;
  }

  private Optional<BigDecimal> inside(Node node, String text, boolean whole) {
    return Scalars.number(what + ",", text, node, "numbers in " + GRAMMAR + ".", problems)
        .filter(v -> !whole || Scalars.isWhole(what, v, node, problems));
  }

  private List<BigDecimal> refuse(Node node, String text, String says) {
    problems.add(node, what + " " + text + " " + says);
    return List.of();
  }
}
