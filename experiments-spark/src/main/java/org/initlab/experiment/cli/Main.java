package org.initlab.experiment.cli;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.initlab.experiment.grid.StudyException;
import org.initlab.experiment.launch.ClusterException;
import org.initlab.experiment.launch.Yarn;
import org.initlab.experiment.store.Place;
import org.initlab.experiment.store.UnreachableException;
import org.initlab.init.named.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line {@code initlab}. */
@Command(
    name = "initlab",
    description = "Which initialization keeps this network trainable, why, and by how much?",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PlanCommand.class,
      RunCommand.class,
      SubmitCommand.class,
      DriveCommand.class,
      ExamineCommand.class,
      ReproduceCommand.class,
      RunsCommand.class,
      StatusCommand.class,
      CompactCommand.class,
      ReportCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      RerunCommand.class,
      ListCommand.class,
      TheoryCommand.class,
      DescribeCommand.class,
      InspectCommand.class,
      DrawCommand.class,
      NotebookCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 all done; 1 usage or study error; 2 finished with failed trials;",
      "4 environment; 5 resume refused; 130 interrupted, the same command resumes.",
      "",
      "Example: initlab run studies/quickstart"
    })
public final class Main {

  private Main() {}

  /** Runs one command and exits with its code. */
  public static void main(String[] args) throws Exception {
    int exit = run(args);
    if (!Yarn.ended(exit)) {
      System.exit(exit);
    }
  }

  /** Runs one command and returns its code. */
  static int run(String... args) {
    CommandLine line = new CommandLine(new Main());
    line.registerConverter(Place.class, Main::place);
    line.setParameterExceptionHandler(Main::explain);
    line.setExecutionExceptionHandler((e, command, parsed) -> report(e, command));
    if (args.length == 0) {
      line.usage(System.out);
      return Exit.USAGE;
    }
    return line.execute(args);
  }

  private static Place place(String text) {
    try {
      return Place.of(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(e.getMessage());
    }
  }

  private static int explain(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String said = e.getMessage().endsWith(".") ? e.getMessage() : e.getMessage() + ".";
    command.getErr().println("initlab: " + said + maybe(e, command));
    command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE;
  }

  private static String maybe(ParameterException e, CommandLine command) {
    if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      return "";
    }
    Set<String> names = new TreeSet<>(command.getSubcommands().keySet());
    names.addAll(command.getCommandSpec().optionsMap().keySet());
    return Nearest.maybe(unmatched.getUnmatched().get(0), names);
  }

  private static int report(Exception e, CommandLine command) throws Exception {
    if (Interruption.underWay()) {
      return Exit.INTERRUPTED;
    }
    if (e instanceof StudyException) {
      command.getErr().println(e.getMessage());
      return Exit.USAGE;
    }
    if (e instanceof CommandException known) {
      command.getErr().println(known.getMessage());
      return known.exit();
    }
    if (e instanceof ClusterException || e instanceof UnreachableException) {
      command.getErr().println("initlab: " + e.getMessage());
      return Exit.ENVIRONMENT;
    }
    if (e instanceof IOException) {
      command.getErr().println("initlab: " + e.getMessage());
      command.getErr().println("What was finished is stored; the same command goes on from there.");
      return Exit.ENVIRONMENT;
    }
    throw e;
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"InitLab " + Versions.own()};
    }
  }
}
