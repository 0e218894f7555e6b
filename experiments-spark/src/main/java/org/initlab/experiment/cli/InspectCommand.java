package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.initlab.init.model.Forecast;
import org.initlab.init.model.InputShape;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.Remedy;
import org.initlab.init.model.Verdict;
import org.initlab.init.random.Key;
import org.initlab.init.simulate.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code initlab inspect}. */
@Command(
    name = "inspect",
    description =
        "Tells whether a model's initialization lets it train: layers, fans, initializers, predicted"
            + " signals and gradients, a verdict, and what would mend it.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code: 0 healthy, 3 unhealthy, 1 no model.",
      "Example: initlab inspect --measure model.json"
    })
final class InspectCommand implements Callable<Integer> {

  private static final int MOST_DRAWS = 1000;

  @Parameters(
      paramLabel = "FILE",
      description =
          "A Keras model (what model.to_json() writes), or a Deeplearning4j configuration (toJson(), or a saved model's zip).")
  private Path file;

  @Option(
      names = "--input-variance",
      paramLabel = "NUMBER",
      description = "The mean square of the data's numbers (default 1, as after standardizing).")
  private double inputSquare = 1;

  @Option(
      names = "--input-shape",
      paramLabel = "N,N,N",
      description =
          "Lengths of an example that the file leaves open, the channels last, like 28,28,1.")
  private String inputShape;

  @Option(
      names = "--measure",
      description =
          "Builds the network, draws its weights, sends random numbers through and gradients back,"
              + " and sets what is measured beside what is predicted.")
  private boolean measure;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "Draws of all weights for --measure (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int draws;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of what is drawn for --measure (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(names = "--json", description = "Writes all of it as JSON, for machines.")
  private boolean json;

  @Override
  public Integer call() throws CommandException {
    if (!(inputSquare > 0) || Double.isInfinite(inputSquare)) {
      throw refused("--input-variance must be a finite number above 0, not " + inputSquare + ".");
    }
    if (draws < 2 || draws > MOST_DRAWS) {
      throw refused("--draws must be a number from 2 to " + MOST_DRAWS + ", not " + draws + ".");
    }
    Model model = read();
    List<LayerSignal> signals = Forecast.of(model, inputSquare);
    Verdict verdict = Verdict.of(signals);
    Optional<Remedy> remedy =
        verdict.healthy() ? Optional.empty() : Remedy.best(model, inputSquare);
    Inspection inspection = new Inspection(model, signals, verdict, remedy, simulation(model));
    System.out.print(json ? inspection.json() : inspection.text());
    return verdict.healthy() ? Exit.DONE : Exit.UNHEALTHY;
  }

  private Optional<Simulation> simulation(Model model) throws CommandException {
    if (!measure) {
      return Optional.empty();
    }
    try {
      return Optional.of(Simulation.of(model, inputSquare, draws, Key.of(seed)));
    } catch (ModelFileException e) {
      throw refused(file + ": " + e.getMessage());
    }
  }

  private Model read() throws CommandException {
    List<Long> shape;
    try {
      shape = inputShape == null ? List.of() : InputShape.of(inputShape);
    } catch (IllegalArgumentException e) {
      throw refused("--input-shape " + e.getMessage());
    }
    try {
      return ModelFile.read(file, shape);
    } catch (ModelFileException e) {
      throw refused(file + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw refused("there is no file " + file + ".");
    } catch (IOException e) {
      throw refused(file + " cannot be read as text: " + e.getMessage() + ".");
    }
  }

  private static CommandException refused(String why) {
    return new CommandException(Exit.USAGE, "initlab: " + why);
  }
}
