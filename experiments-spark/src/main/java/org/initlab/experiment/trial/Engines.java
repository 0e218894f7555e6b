package org.initlab.experiment.trial;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.initlab.device.cuda.CudaDevice;
import org.initlab.experiment.Argument;
import org.initlab.experiment.Trial;
import org.initlab.init.Site;
import org.initlab.init.named.Named;
import org.initlab.init.named.Nearest;

/** The table of engines, and the choice among them. */
public final class Engines {

  /** What a study writes to leave the choice to the platform. */
  public static final String AUTO = "auto";

  /** All engines, the fastest first. */
  private static final List<Engine> TABLE =
      List.of(
          CudaEngine.ofProcess(),
          new FusedEngine(),
          new StackedEngine(),
          new Dl4jEngine(),
          new DoubleEngine());

  private Engines() {}

  /** What may stand for an engine in a study. */
  public static List<String> names() {
    return Stream.concat(Stream.of(AUTO), TABLE.stream().map(Engine::name)).toList();
  }

  /** The engine of a trial: the one that it names, or the fastest that runs it. */
  public static Engine of(Trial trial) {
    return candidates(trial)
        .filter(e -> able(e, trial))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(refusal(trial)));
  }

  /** All engines that run a trial, whichever it names, the fastest first. */
  public static List<Engine> running(Trial trial) {
    return TABLE.stream().filter(e -> able(e, trial)).toList();
  }

  private static boolean able(Engine engine, Trial trial) {
    return engine.precision() == Precision.of(trial) && engine.runs(trial);
  }

  /**
   * The engine fused-cuda on this GPU, whatever the environment says.
   *
   * @param threads of a block; a multiple of 32 up to 512
   */
  public static Engine onGpu(Supplier<CudaDevice> gpu, int threads) {
    return new CudaEngine(gpu, () -> true, threads);
  }

  /** The engine for CPUs with which others are compared. */
  public static Engine onCpu() {
    return new FusedEngine();
  }

  /** Whether an engine for GPUs would run this trial, whichever it names, were there a GPU. */
  public static boolean couldUseGpu(Trial trial) {
    return Precision.of(trial) == Precision.FLOAT32 && CudaEngine.knows(trial);
  }

  /** Why {@link #of} is what it is. */
  public static String reason(Trial trial) {
    return name(trial).equals(AUTO)
        ? "the fastest of " + String.join(", ", running(trial).stream().map(Engine::name).toList())
        : "named by the study";
  }

  /** What speaks against a trial before it is run, in a sentence; nothing if nothing does. */
  public static Optional<String> objection(Trial trial) {
    Topology topology;
    try {
      topology = topology(trial);
    } catch (IllegalArgumentException e) { // the sentence of whoever found it out
      return Optional.of(impossible(trial) + e.getMessage());
    } catch (ArithmeticException e) {
      return Optional.of(
          impossible(trial)
              + "A layer gives more than 2^31 - 1 numbers for an example. Take a smaller width.");
    }
    Optional<String> data = dataObjection(trial);
    if (data.isPresent()) {
      return data;
    }
    List<Site> sites = topology.sites();
    Optional<String> size = Sizes.objection(trial, topology);
    if (size.isPresent()) {
      return size;
    }
    Optional<String> scheme = Named.scheme(trial.text(Argument.SCHEME.key())).objection(sites);
    if (scheme.isPresent()) {
      return scheme.map(why -> "scheme " + why);
    }
    String calibrator = trial.text(Argument.CALIBRATOR.key());
    Optional<String> uncalibrated = Named.calibrator(calibrator).objection(sites);
    if (uncalibrated.isPresent()) {
      return uncalibrated.map(why -> "calibrator " + why);
    }
    return candidates(trial).anyMatch(e -> able(e, trial))
        ? Optional.empty()
        : Optional.of(refusal(trial));
  }

  private static Optional<String> dataObjection(Trial trial) {
    Datasets data = Datasets.named(trial.text(Argument.DATASET.key()));
    String loss = trial.text(Argument.LOSS.key());
    if (!data.hasClasses() && !loss.equals(Loss.SQUARED_ERROR.title())) {
      return Optional.of(
          "loss %s wants classes, and the labels of dataset %s stand for vectors of %d numbers. Allowed there: squared_error."
              .formatted(loss, data.title(), data.outputs()));
    }
    for (Argument held : List.of(Argument.TEST_EXAMPLES, Argument.PROBE_EXAMPLES)) {
      if (trial.integer(held.key()) > data.mostHeldOut()) {
        return Optional.of(
            "%s %s are more than the %d examples of dataset %s. Allowed: at most %d."
                .formatted(
                    held.key(),
                    trial.text(held.key()),
                    data.mostHeldOut(),
                    data.title(),
                    data.mostHeldOut()));
      }
    }
    Argument apart = Argument.VALIDATION_EXAMPLES;
    long most = data.trainingExamples() - 1;
    return trial.integer(apart.key()) <= most
        ? Optional.empty()
        : Optional.of(
            "%s %s leave nothing to learn from: dataset %s has %d training examples. Allowed: 0 to"
                    .formatted(
                        apart.key(), trial.text(apart.key()), data.title(), data.trainingExamples())
                + " "
                + most
                + ".");
  }

  /** The layers of a trial's network. */
  static Topology topology(Trial trial) {
    Datasets data = Datasets.named(trial.text(Argument.DATASET.key()));
    return Architectures.named(trial.text(Argument.ARCHITECTURE.key()))
        .topology(trial, data.image(), data.outputs());
  }

  private static String impossible(Trial trial) {
    return Argument.ARCHITECTURE.key()
        + " "
        + trial.text(Argument.ARCHITECTURE.key())
        + " is not possible. ";
  }

  private static Stream<Engine> candidates(Trial trial) {
    String name = name(trial);
    return TABLE.stream().filter(e -> name.equals(AUTO) || name.equals(e.name()));
  }

  private static String refusal(Trial trial) {
    if (!names().contains(name(trial))) {
      return Nearest.unknown("engine", name(trial), names());
    }
    if (candidates(trial).noneMatch(e -> e.precision() == Precision.of(trial))) {
      return imprecise(trial);
    }
    boolean tellsPadding = Architectures.named(trial.text(Argument.ARCHITECTURE.key())).convolves();
    List<String> able = running(trial).stream().map(Engine::name).toList();
    if (name(trial).equals(CudaEngine.NAME) && !CudaEngine.hasGpu()) {
      return "engine "
          + CudaEngine.NAME
          + " needs a GPU, and none was chosen. Set INITLAB_BACKEND=cuda, and ./initlab doctor says"
          + " what is amiss. Allowed here: "
          + String.join(", ", able)
          + ". Maybe "
          + AUTO
          + ".";
    }
    return "engine "
        + name(trial)
        + " does not run "
        + String.join(
            " with ",
            Stream.of(
                    Argument.DATASET,
                    Argument.ARCHITECTURE,
                    Argument.PADDING,
                    Argument.SCHEME,
                    Argument.ACTIVATION,
                    Argument.OPTIMIZER)
                .filter(argument -> argument != Argument.DATASET || !hasClasses(trial))
                .filter(argument -> argument != Argument.SCHEME || scalesRates(trial))
                .filter(argument -> argument != Argument.PADDING || tellsPadding)
                .map(argument -> argument.key() + " " + trial.text(argument.key()))
                .toList())
        + ". Allowed: "
        + (able.isEmpty() ? "no engine runs it" : String.join(", ", able))
        + ". Maybe "
        + AUTO
        + ".";
  }

  /** Says that the engine, which the trial names, trains in another precision. */
  private static String imprecise(Trial trial) {
    List<String> others = running(trial).stream().map(Engine::name).toList();
    return "engine %s trains in %s, and precision is %s. Allowed there: %s, %s. Maybe %s."
        .formatted(
            name(trial),
            candidates(trial).findFirst().orElseThrow().precision().title(),
            Precision.of(trial).title(),
            AUTO,
            String.join(", ", others),
            others.size() == 1 ? others.get(0) : AUTO);
  }

  /** Whether the trial's layers have learning rates of their own, which few engines know. */
  static boolean scalesRates(Trial trial) {
    return Named.scheme(trial.text(Argument.SCHEME.key())).scalesRates();
  }

  /** Whether labels are classes; few engines know others. */
  static boolean hasClasses(Trial trial) {
    return Datasets.named(trial.text(Argument.DATASET.key())).hasClasses();
  }

  private static String name(Trial trial) {
    return trial.text(Argument.ENGINE.key());
  }
}
