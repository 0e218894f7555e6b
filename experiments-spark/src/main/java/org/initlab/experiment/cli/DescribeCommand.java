package org.initlab.experiment.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.initlab.init.named.Description;
import org.initlab.init.named.Named;
import org.initlab.init.named.RuleRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code initlab describe}. */
@Command(
    name = "describe",
    description =
        "Says what an initializer, a scheme or a calibrator does: formula, paper, fans, variance, who disagrees.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: initlab describe glorot_uniform"})
final class DescribeCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "NAME",
      description =
          "A name of `initlab list initializers`, `schemes` or `calibrators`, with parameters or without.")
  private String name;

  @Override
  public Integer call() throws CommandException {
    try {
      List<Description.Line> lines = Description.of(name);
      System.out.println(
          Named.schemeRow(name)
              .map(RuleRow::name)
              .or(() -> Named.calibratorRow(name).map(RuleRow::name))
              .orElseGet(() -> Named.row(name).name()));
      int width = lines.stream().mapToInt(line -> line.title().length()).max().orElse(0);
      for (Description.Line line : lines) {
        System.out.printf("  %-" + Math.max(10, width) + "s %s%n", line.title(), line.text());
      }
    } catch (IllegalArgumentException e) {
      throw new CommandException(Exit.USAGE, "initlab: " + e.getMessage());
    }
    return Exit.DONE;
  }
}
