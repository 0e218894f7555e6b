package org.initlab.init.named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.initlab.init.Initializer;

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
 * seed taken from the stream in use.
 *
 * <p>A name of InitLab's own that ends in {@code normal} draws plain normals, as in the papers and
 * in PyTorch. It is not what Keras and JAX draw under the same name: that is {@code
 * ..._truncated_normal} here.
 */
public final class Named {

  private static final List<Row> ROWS =
      Stream.of(LawRows.ROWS, MatrixRows.ROWS, KerasRows.ROWS, TorchRows.ROWS, JaxRows.ROWS)
          .flatMap(List::stream)
          .toList();

  private static final Map<String, Row> BY_PLAIN_NAME = index();

  private Named() {}

  /** The initializer that {@code text} names; a text that names none is refused. */
  public static Initializer initializer(String text) {
    return resolve(text, (row, arguments) -> row.initializer(arguments));
  }

  /** The one text of that initializer: {@code "orthogonal"} is {@code "orthogonal(gain=1.0)"}. */
  public static String canonical(String text) {
    return resolve(text, Row::text);
  }

  /** The row that {@code text} names, its parameters not looked at; other names are refused. */
  public static Row row(String text) {
    return row(Call.parse(text));
  }

  /** The table. */
  public static List<Row> rows() {
    return ROWS;
  }

  private static <T> T resolve(String text, BiFunction<Row, Arguments, T> answer) {
    Call call = Call.parse(text);
    Row row = row(call);
    return answer.apply(row, row.arguments(call.arguments()));
  }

  private static Row row(Call call) {
    Row row = BY_PLAIN_NAME.get(plain(call.name()));
    if (row == null) {
      throw unknown(call.name());
    }
    return row;
  }

  /** Names what there is: the rows of the framework before the colon, or InitLab's own. */
  private static IllegalArgumentException unknown(String name) {
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
    String there =
        all.isEmpty()
            ? "frameworks are keras:, torch: and jax:"
            : "there are " + String.join(", ", all);
    return new IllegalArgumentException(
        "No initializer is named %s; %s.%s".formatted(name, there, Nearest.maybe(name, near)));
  }

  private static Map<String, Row> index() {
    Map<String, Row> index = new LinkedHashMap<>();
    for (Row row : ROWS) {
      index.put(plain(row.name()), row);
      row.aliases().forEach(alias -> index.put(plain(alias), row));
    }
    return index;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }
}
