package org.initlab.init.named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.initlab.init.Calibrator;
import org.initlab.init.Initializer;
import org.initlab.init.Scheme;

/**
 * The one table from a name in a study to an initializer, its aliases and its paper.
 *
 * <p>A text is {@code name} or {@code name(parameter=value, ...)}. Capitals, hyphens and
 * underscores do not count in a name, so {@code GlorotUniform}, {@code Xavier-Uniform} and {@code
 * xavier_uniform_} are all {@code glorot_uniform}. A canonical text writes every parameter,
 * defaults too, in the table's order: equal initializers have equal texts, and a later change of a
 * default renames nothing.
 *
 * <p>{@code keras:glorot_uniform(seed=7)}, {@code torch:xavier_uniform_(seed=7)} and {@code
 * jax:glorot_normal(seed=7)} draw the very numbers of that framework; without a seed, those of a
 * seed taken from the stream in use. {@code dl4j:} names are Deeplearning4j's rules, not its
 * numbers.
 *
 * <p>A name of InitLab's own that ends in {@code normal} draws plain normals, as in the papers and
 * in PyTorch. It is not what Keras and JAX draw under the same name: that is {@code
 * ..._truncated_normal} here.
 */
public final class Named {

  private static final List<Row> ROWS =
      Stream.of(
              LawRows.ROWS,
              MatrixRows.ROWS,
              KerasRows.ROWS,
              TorchRows.ROWS,
              JaxRows.ROWS,
              Dl4jRows.ROWS)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Row> BY_PLAIN_NAME = index(ROWS, Row::name, Row::aliases);

  private static final Map<String, RuleRow<Scheme>> SCHEMES =
      index(SchemeRows.ROWS, RuleRow::name, RuleRow::aliases);

  private static final Map<String, RuleRow<Calibrator>> CALIBRATORS =
      index(CalibratorRows.ROWS, RuleRow::name, RuleRow::aliases);

  private Named() {}

  /** The initializer that {@code text} names; a text that names none is refused. */
  public static Initializer initializer(String text) {
    return resolve(text, (row, arguments) -> row.initializer(arguments), false);
  }

  /** The one text of that initializer: {@code "orthogonal"} is {@code "orthogonal(gain=1.0)"}. */
  public static String canonical(String text) {
    return resolve(text, (row, arguments) -> row.signature().text(arguments), false);
  }

  /** The row that {@code text} names, its parameters not looked at; other names are refused. */
  public static Row row(String text) {
    return row(Call.parse(text), false);
  }

  /** The table of initializers. */
  public static List<Row> rows() {
    return ROWS;
  }

  /**
   * The scheme that {@code text} names; an initializer's name is the scheme that it is everywhere.
   */
  public static Scheme scheme(String text) {
    Call call = Call.parse(text);
    RuleRow<Scheme> row = SCHEMES.get(plain(call.name()));
    return row == null
        ? Scheme.everywhere(resolve(text, (r, a) -> r.initializer(a), true))
        : row.make(row.signature().arguments(call.arguments()));
  }

  /** The one text of that scheme or initializer. */
  public static String canonicalScheme(String text) {
    Call call = Call.parse(text);
    RuleRow<Scheme> row = SCHEMES.get(plain(call.name()));
    return row == null
        ? resolve(text, (r, a) -> r.signature().text(a), true)
        : row.signature().text(row.signature().arguments(call.arguments()));
  }

  /** The row of the scheme that {@code text} names, its parameters not looked at; or nothing. */
  public static Optional<RuleRow<Scheme>> schemeRow(String text) {
    return Optional.ofNullable(SCHEMES.get(plain(Call.parse(text).name())));
  }

  /** The table of schemes. */
  public static List<RuleRow<Scheme>> schemeRows() {
    return SchemeRows.ROWS;
  }

  /** The calibrator that {@code text} names; a text that names none is refused. */
  public static Calibrator calibrator(String text) {
    Call call = Call.parse(text);
    RuleRow<Calibrator> row = calibratorRow(call);
    return row.make(row.signature().arguments(call.arguments()));
  }

  /** The one text of that calibrator. */
  public static String canonicalCalibrator(String text) {
    Call call = Call.parse(text);
    Signature signature = calibratorRow(call).signature();
    return signature.text(signature.arguments(call.arguments()));
  }

  private static RuleRow<Calibrator> calibratorRow(Call call) {
    RuleRow<Calibrator> row = CALIBRATORS.get(plain(call.name()));
    if (row == null) {
      List<String> names = CalibratorRows.ROWS.stream().map(RuleRow::name).toList();
      throw new IllegalArgumentException(Nearest.unknown("calibrator", call.name(), names));
    }
    return row;
  }

  /** The row of the calibrator that {@code text} names, or nothing. */
  public static Optional<RuleRow<Calibrator>> calibratorRow(String text) {
    return Optional.ofNullable(CALIBRATORS.get(plain(Call.parse(text).name())));
  }

  /** The table of calibrators. */
  public static List<RuleRow<Calibrator>> calibratorRows() {
    return CalibratorRows.ROWS;
  }

  private static <T> T resolve(
      String text, BiFunction<Row, Arguments, T> answer, boolean schemesToo) {
    Call call = Call.parse(text);
    Row row = row(call, schemesToo);
    return answer.apply(row, row.signature().arguments(call.arguments()));
  }

  /** The row that {@code text} names, where a scheme or a calibrator could have stood, too. */
  static Row described(String text) {
    List<RuleRow<?>> others = new ArrayList<>(SchemeRows.ROWS);
    others.addAll(CalibratorRows.ROWS);
    return row(Call.parse(text), "initializer, scheme or calibrator", others);
  }

  private static Row row(Call call, boolean schemesToo) {
    return schemesToo
        ? row(call, "initializer or scheme", SchemeRows.ROWS)
        : row(call, "initializer", List.of());
  }

  /** The row of a call; what is refused is told of the other rules that could have stood there. */
  private static Row row(Call call, String what, List<? extends RuleRow<?>> others) {
    Row row = BY_PLAIN_NAME.get(plain(call.name()));
    if (row == null) {
      throw unknown(call.name(), what, others);
    }
    return row;
  }

  /** Names what there is: the rows of the framework before the colon, or InitLab's own. */
  private static IllegalArgumentException unknown(
      String name, String what, List<? extends RuleRow<?>> others) {
    String framework = name.substring(0, name.indexOf(':') + 1).replace("pytorch:", "torch:");
    List<String> near = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (Row row : ROWS) {
      near.add(row.name());
      near.addAll(row.aliases());
      if (row.name().substring(0, row.name().indexOf(':') + 1).equals(framework)) {
        all.add(row.name());
      }
    }
    for (RuleRow<?> row : others) {
      near.add(row.name());
      near.addAll(row.aliases());
      if (framework.isEmpty()) {
        all.add(row.name());
      }
    }
    String there =
        all.isEmpty()
            ? "frameworks are keras:, torch:, jax: and dl4j:"
            : "there are " + String.join(", ", all);
    return new IllegalArgumentException(
        "No %s is named %s; %s.%s"
            .formatted(
                what, name, there, elsewhere(name).orElseGet(() -> Nearest.maybe(name, near))));
  }

  /** What another table means by a name that is in none of those that were asked. */
  private static Optional<String> elsewhere(String name) {
    if (SCHEMES.containsKey(plain(name))) {
      return Optional.of(" It is a scheme for a whole network, and no single initializer.");
    }
    return CALIBRATORS.containsKey(plain(name))
        ? Optional.of(" It is a calibrator, which changes drawn weights by what data do in them.")
        : Optional.empty();
  }

  private static <R> Map<String, R> index(
      List<R> rows, Function<R, String> name, Function<R, List<String>> aliases) {
    Map<String, R> index = new LinkedHashMap<>();
    for (R row : rows) {
      index.put(plain(name.apply(row)), row);
      aliases.apply(row).forEach(alias -> index.put(plain(alias), row));
    }
    return index;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }
}
