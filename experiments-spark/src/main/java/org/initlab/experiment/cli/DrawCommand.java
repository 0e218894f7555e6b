package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.initlab.init.Activation;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.Weights;
import org.initlab.init.named.Named;
import org.initlab.init.named.Nearest;
import org.initlab.init.named.Row;
import org.initlab.init.random.Key;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab draw}. */
@Command(
    name = "draw",
    description = {
      "Draws one weight tensor, shows its histogram and writes it to a file.",
      "With a name of another framework, keras:, torch: or jax:, the numbers are those that the"
          + " framework draws from that seed."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: initlab draw keras:glorot_uniform --shape 100,50 --seed 7 --out w.npy"})
final class DrawCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      description = "A name of `initlab list initializers`, with parameters or without.")
  private String name;

  @Option(
      names = "--shape",
      required = true,
      paramLabel = "LENGTHS",
      description =
          "in,out or kernel...,in,out as Keras and JAX write it; for torch: names out,in or"
              + " out,in,kernel... as PyTorch does.")
  private String shape;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed, a whole number; 0 if left out.")
  private Long seed;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "identity",
      description = "What the layer feeds, for initializers that ask; identity if left out.")
  private String activation;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "A file that ends in .npy (float32) or .csv (a line for each row).")
  private Path out;

  @Override
  public Integer call() throws CommandException {
    Weights weights;
    float[] values;
    long[] lengths;
    Row row;
    try {
      row = Named.row(name);
      lengths = lengths(row);
      WeightShape units = units(row, lengths);
      Site site = new Site("weights", units, Role.HIDDEN, activation(), 1, 1);
      if (out != null) {
        WeightFile.check(out);
      }
      checkMemory(units);
      weights = draw(row, site);
      values = row.layout().values(units, weights);
    } catch (IllegalArgumentException e) {
      throw new CommandException(Exit.USAGE, "initlab: " + e.getMessage());
    }
    Histogram.lines(values).forEach(System.out::println);
    if (out != null) {
      try {
        WeightFile.write(out, lengths, values);
      } catch (IOException e) {
        throw new CommandException(
            Exit.ENVIRONMENT, "initlab: cannot write " + out + ": " + e.getMessage());
      }
      System.out.println("Wrote " + out + ", shape " + Arrays.toString(lengths) + ".");
    }
    return Exit.DONE;
  }

  /** A tensor that cannot be drawn is told with the name that was asked for. */
  private Weights draw(Row row, Site site) {
    Initializer initializer = Named.initializer(seeded(row));
    try {
      return initializer.draw(site, Key.of(seed == null ? 0 : seed));
    } catch (IllegalArgumentException e) {
      String why = e.getMessage();
      throw new IllegalArgumentException(
          why.startsWith(row.name() + ":") ? why : row.name() + ": " + why, e);
    }
  }

  /** What the shape joins; a bad one is told with the initializer and the shape. */
  private WeightShape units(Row row, long[] lengths) {
    try {
      return row.layout().shape(lengths);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          row.name() + ": --shape " + shape + ": " + e.getMessage(), e);
    }
  }

  private long[] lengths(Row row) {
    try {
      return Arrays.stream(shape.split("[,x]", -1))
          .map(String::strip)
          .mapToLong(Long::parseLong)
          .toArray();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s: --shape must be whole numbers below 2^63 with commas between them, like 100,50, not \"%s\"."
              .formatted(row.name(), shape),
          e);
    }
  }

  private Activation activation() {
    for (Activation one : Activation.values()) {
      if (one.title().equals(activation.strip().replace('-', '_'))) {
        return one;
      }
    }
    throw new IllegalArgumentException(
        Nearest.unknown("--activation", activation, Vocabulary.activations()));
  }

  /** The name with --seed as its parameter, if another framework's generator takes it. */
  private String seeded(Row row) {
    if (seed == null || row.parameters().stream().noneMatch(p -> p.name().equals("seed"))) {
      if (seed != null && seed < 0) {
        throw new IllegalArgumentException(
            "--seed must be a whole number of at least 0, not " + seed + ".");
      }
      return name;
    }
    String canonical = Named.canonical(name);
    if (!canonical.contains("seed=key")) {
      throw new IllegalArgumentException(
          "the seed is given twice: in " + name + " and as --seed " + seed + ".");
    }
    return canonical.replace("seed=key", "seed=" + seed);
  }

  /** Twice the tensor, for its other order of axes or its transpose, must fit. */
  private static void checkMemory(WeightShape units) throws CommandException {
    long needed = Math.multiplyExact(Math.min(units.size(), 1L << 50), 2 * Float.BYTES);
    long there = Runtime.getRuntime().maxMemory();
    if (units.size() <= Integer.MAX_VALUE - 8 && needed > there) {
      throw new CommandException(
          Exit.ENVIRONMENT,
          "initlab: drawing %d weights needs %d MiB and this Java has %d; raise it with"
                  .formatted(units.size(), needed >> 20, there >> 20)
              + " JAVA_TOOL_OPTIONS=-Xmx"
              + ((needed >> 20) + 512)
              + "m.");
    }
  }
}
