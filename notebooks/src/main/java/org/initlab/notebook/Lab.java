package org.initlab.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.initlab.experiment.Metric;
import org.initlab.experiment.Study;
import org.initlab.experiment.cli.Commands;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.grid.StudyFile;
import org.initlab.experiment.launch.Cluster;
import org.initlab.experiment.store.RunFolder;
import org.initlab.init.Activation;
import org.initlab.init.Initializer;
import org.initlab.init.Role;
import org.initlab.init.Scheme;
import org.initlab.init.Site;
import org.initlab.init.WeightShape;
import org.initlab.init.model.Forecast;
import org.initlab.init.model.Model;
import org.initlab.init.named.Description;
import org.initlab.init.named.Named;
import org.initlab.init.random.Key;

/**
 * The platform in one word: {@code Lab.draw("glorot_uniform", 100, 50, 7)}, {@code
 * Lab.theory("tanh")}, {@code Lab.run(study)}, {@code Lab.open("runs/...")}, {@code
 * Lab.inspect("model.json")}.
 *
 * <p>A notebook is one session: what it defines by {@link #define} stays until its kernel ends. All
 * else depends on arguments alone; there is no hidden randomness.
 */
public final class Lab {

  private static final Own OWN = new Own();

  private Lab() {}

  /**
   * Draws the kernel of a dense layer.
   *
   * @param initializer a name of the table, with parameters or without; or {@code keras:}, {@code
   *     torch:} or {@code jax:} and that framework's name, with {@code (seed=7)} for its numbers
   * @param in units that come in
   * @param out units that go out
   * @param seed of the stream
   */
  public static Tensor draw(String initializer, long in, long out, long seed) {
    return draw(initializer, WeightShape.dense(in, out), seed);
  }

  /** Draws a kernel of this shape; {@link #convolution} makes that of a convolution. */
  public static Tensor draw(String initializer, WeightShape shape, long seed) {
    return draw(
        Named.canonical(initializer), Named.initializer(initializer), shape, "identity", seed);
  }

  /** Draws with an initializer of your own. */
  public static Tensor draw(Initializer initializer, long in, long out, long seed) {
    return draw("own", initializer, WeightShape.dense(in, out), "identity", seed);
  }

  /**
   * Draws for a layer that feeds an activation, which some initializers ask for.
   *
   * @param activation a name of the table
   */
  public static Tensor draw(String initializer, WeightShape shape, String activation, long seed) {
    return draw(
        Named.canonical(initializer), Named.initializer(initializer), shape, activation, seed);
  }

  private static Tensor draw(
      String name, Initializer initializer, WeightShape shape, String activation, long seed) {
    Activation into = Vocabulary.activation(activation);
    Site site = new Site("weights", shape, Role.HIDDEN, into, 1, 1);
    Optional<String> objection = initializer.objection(site);
    if (objection.isPresent()) {
      throw new IllegalArgumentException(name + " " + objection.get());
    }
    return new Tensor(name, shape, initializer.draw(site, Key.of(seed)));
  }

  /** The shape of a convolution's kernel, in the order in which Keras writes it. */
  public static WeightShape convolution(long height, long width, long in, long out) {
    return WeightShape.convolution(in, out, height, width);
  }

  /** Rows of normal numbers with variance 1, as data stand after standardizing. */
  public static float[][] normal(int rows, int columns, long seed) {
    float[][] x = new float[rows][columns];
    for (int r = 0; r < rows; r++) {
      new org.initlab.init.Law.Normal().fill(Key.of(seed).at("row", r), 1, x[r]);
    }
    return x;
  }

  /** What the theory of wide networks says of an activation. */
  public static Theory theory(String activation) {
    return new Theory(Vocabulary.activation(activation));
  }

  /** An initializer's formula, paper, parameters, fans, aliases, and who disagrees. */
  public static Table describe(String initializer) {
    List<List<Object>> rows = new ArrayList<>();
    Description.of(initializer).forEach(line -> rows.add(List.of(line.title(), line.text())));
    return new Table(List.of("of " + initializer, ""), rows).all();
  }

  /**
   * What is in a file of a Keras model, {@code model.to_json()}, and what it will do to signals.
   */
  public static Inspected inspect(String file) throws IOException {
    return inspect(Commands.model(Path.of(file)));
  }

  /** What a model's initialization will do to signals of mean square 1. */
  public static Inspected inspect(Model model) {
    return new Inspected(model, Forecast.of(model, 1));
  }

  /** A study from YAML in a cell, read and checked as a file is. */
  public static Study study(String yaml) {
    try {
      return StudyFile.parse(yaml, "the study, line", "notebook", known());
    } catch (StudyException e) {
      throw new IllegalArgumentException(
          e.getMessage().replace("the study, line:", "the study, line "), e);
    }
  }

  /** A study from its folder or file. */
  public static Study study(Path path) {
    try {
      return StudyFile.read(path, Optional.empty(), known());
    } catch (StudyException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static org.initlab.experiment.grid.Known known() {
    return OWN.known(Commands.known());
  }

  /**
   * Names an initializer of your own, for studies of this notebook.
   *
   * @param name small letters, digits and underscores
   */
  public static void define(String name, Initializer initializer) {
    OWN.scheme(name, Scheme.everywhere(initializer));
  }

  /** Names a scheme of your own: a rule for a whole network. */
  public static void define(String name, Scheme scheme) {
    OWN.scheme(name, scheme);
  }

  /** Adds a metric of your own; each trial gets an object of its own. */
  public static void define(Supplier<Metric> metric) {
    OWN.metric(metric);
  }

  /**
   * Runs what is not done of a study on all cores of this machine, with live progress, and opens
   * the results. The run folder lies in {@code runs/}, where {@code initlab run} puts it.
   */
  public static Run run(Study study) throws IOException {
    return run(study, "local[*]");
  }

  /** Runs a study on {@code local[N]}: N cores. */
  public static Run run(Study study, String master) throws IOException {
    return open(Grids.run(study, OWN, runs(), master).toString());
  }

  /** Shows a value in the cell that runs, besides the one that the cell ends with. */
  public static void show(Shown.Self value) {
    Screen.here().show(value.shown());
  }

  /**
   * The folder that run folders lie in: {@code runs} beside {@code ./initlab}, or what the system
   * property {@code initlab.runs} says.
   */
  public static Path runs() {
    String home = System.getProperty("initlab.home", "");
    return Path.of(System.getProperty("initlab.runs", Path.of(home, "runs").toString()))
        .toAbsolutePath();
  }

  /**
   * Opens a run folder, wherever it was filled.
   *
   * @param folder a path, or a URI of any file system that Hadoop knows
   */
  public static Run open(String folder) throws IOException {
    RunFolder run =
        folder.matches("[a-z][a-z0-9+.-]+:/.*")
            ? new RunFolder(folder)
            : RunFolder.of(Path.of(folder));
    if (!run.exists()) {
      throw new IllegalArgumentException(
          folder + " is not a run folder (it has no study.yaml). Lab.run(study) makes one.");
    }
    return new Run(run, OWN, Cluster.open("local[*]"));
  }
}
