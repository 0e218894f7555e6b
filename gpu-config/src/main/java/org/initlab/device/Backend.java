package org.initlab.device;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * On what a process computes: decided before a class of ND4J is loaded, which chooses once in a
 * process and on a GPU without code for it fails at its first operation.
 *
 * @param wish what the user asks for
 * @param trouble what nvidia-smi says against other GPUs, or why there is none
 * @param verdicts on each GPU that CUDA shows
 * @param chosen the one GPU that the process uses; none for the CPU
 * @param says one sentence
 */
public record Backend(
    Wish wish,
    List<String> trouble,
    List<GpuVerdict> verdicts,
    Optional<GpuVerdict> chosen,
    String says) {

  /** The variable that says what is wished for. */
  public static final String VARIABLE = "INITLAB_BACKEND";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What a user can ask for. */
  public enum Wish {
    /** The CPU, whatever else there is: the same numbers as ever. */
    CPU,
    /** A GPU, or no work at all. */
    CUDA,
    /** A GPU if there is one that can be used, else the CPU. */
    AUTO;

    /**
     * Reads a wish; without one it is the CPU, so that a card that is put in changes no numbers.
     *
     * @throws IllegalArgumentException with a sentence, if there is no such wish
     */
    public static Wish of(String text) {
      if (text.isEmpty()) {
        return CPU;
      }
      return Arrays.stream(values())
          .filter(w -> w.title().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      VARIABLE
                          + " is '"
                          + text
                          + "'. Allowed: "
                          + String.join(", ", names())
                          + "."));
    }

    /** All names. */
    public static List<String> names() {
      return Arrays.stream(values()).map(Wish::title).toList();
    }

    private String title() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Backend {
    trouble = List.copyOf(trouble);
    verdicts = List.copyOf(verdicts);
  }

  /** The decision for this machine. Without a wish for a GPU no question is asked. */
  public static Backend here(Map<String, String> environment, ClassLoader classes) {
    Wish wish = Wish.of(environment.getOrDefault(VARIABLE, ""));
    return wish == Wish.CPU ? cpu() : survey(wish, environment, classes);
  }

  /** The decision, with the GPUs looked at even if the CPU is wished for. */
  public static Backend survey(Wish wish, Map<String, String> environment, ClassLoader classes) {
    Set<GpuCode> built = EnumSet.noneOf(GpuCode.class);
    for (GpuCode code : GpuCode.values()) {
      if (code.isBuiltInto(classes)) {
        built.add(code);
      }
    }
    return decide(
        wish,
        NvidiaSmi.here(PATIENCE),
        Optional.ofNullable(environment.get("CUDA_VISIBLE_DEVICES")),
        built,
        SharedLibraries::canBeLoaded);
  }

  private static Backend cpu() {
    return new Backend(
        Wish.CPU,
        List.of(),
        List.of(),
        Optional.empty(),
        "Computing on the CPU; " + VARIABLE + "=auto looks for a GPU.");
  }

  /**
   * The decision on these facts.
   *
   * @param visible the variable {@code CUDA_VISIBLE_DEVICES}, if it is set
   * @param built the code in this build
   * @param library whether a shared library can be loaded
   */
  static Backend decide(
      Wish wish,
      GpuSurvey survey,
      Optional<String> visible,
      Set<GpuCode> built,
      Predicate<String> library) {
    List<GpuVerdict> verdicts =
        VisibleDevices.of(survey, visible).stream()
            .map(device -> GpuVerdict.of(device, survey, built, library))
            .toList();
    Optional<GpuVerdict> chosen =
        wish == Wish.CPU
            ? Optional.empty()
            : verdicts.stream().filter(v -> !v.usable().isEmpty()).findFirst();
    String why =
        chosen
            .map(v -> "Computing on GPU " + v.device().gpu().index() + ", " + v.says() + ".")
            .orElseGet(() -> instead(wish, why(survey, visible, verdicts)));
    return new Backend(wish, survey.trouble(), verdicts, chosen, why);
  }

  /** A wish that cannot be read, which no trial may be computed by. */
  static Backend unreadable(String why) {
    return new Backend(Wish.CUDA, List.of(), List.of(), Optional.empty(), why);
  }

  /** The code that the chosen GPU runs; none on a CPU. */
  public Set<GpuCode> code() {
    return chosen.map(GpuVerdict::usable).orElse(Set.of());
  }

  /** Whether a GPU was demanded and none can be used. */
  public boolean refuses() {
    return wish == Wish.CUDA && chosen.isEmpty();
  }

  private static String instead(Wish wish, String why) {
    return switch (wish) {
      case CPU -> cpu().says();
      case AUTO -> "Computing on the CPU: " + why + ".";
      case CUDA ->
          VARIABLE
              + "=cuda, but no GPU can be used: "
              + why
              + ". Mend that, or set "
              + VARIABLE
              + "=auto for the CPU.";
    };
  }

  private static String why(GpuSurvey survey, Optional<String> visible, List<GpuVerdict> verdicts) {
    if (survey.gpus().isEmpty()) {
      return String.join("; ", survey.trouble());
    }
    if (verdicts.isEmpty()) {
      return "CUDA_VISIBLE_DEVICES is '"
          + visible.orElse("")
          + "', which shows none of the "
          + survey.gpus().size()
          + " GPUs here";
    }
    return verdicts.stream().map(GpuVerdict::says).collect(Collectors.joining("; "));
  }
}
