package org.initlab.experiment.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.initlab.init.model.Forecast;
import org.initlab.init.model.LayerSignal;
import org.initlab.init.model.Model;
import org.initlab.init.model.ModelFileException;
import org.initlab.init.model.Remedy;
import org.initlab.init.model.Verdict;
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
      "Example: initlab inspect model.json"
    })
final class InspectCommand implements Callable<Integer> {

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

  @Option(names = "--json", description = "Writes all of it as JSON, for machines.")
  private boolean json;

  @Override
  public Integer call() throws CommandException {
    if (!(inputSquare > 0) || Double.isInfinite(inputSquare)) {
      throw new CommandException(
          Exit.USAGE,
          "initlab: --input-variance must be a finite number above 0, not " + inputSquare + ".");
    }
    Model model = read();
    List<LayerSignal> signals = Forecast.of(model, inputSquare);
    Verdict verdict = Verdict.of(signals);
    Optional<Remedy> remedy =
        verdict.healthy() ? Optional.empty() : Remedy.best(model, inputSquare);
    Inspection inspection = new Inspection(model, signals, verdict, remedy);
    System.out.print(json ? inspection.json() : inspection.text());
    return verdict.healthy() ? Exit.DONE : Exit.UNHEALTHY;
  }

  private Model read() throws CommandException {
    try {
      return ModelFile.read(file);
    } catch (ModelFileException e) {
      throw new CommandException(Exit.USAGE, "initlab: " + file + ": " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw new CommandException(Exit.USAGE, "initlab: there is no file " + file + ".");
    } catch (IOException e) {
      throw new CommandException(
          Exit.USAGE, "initlab: " + file + " cannot be read as text: " + e.getMessage() + ".");
    }
  }
}
