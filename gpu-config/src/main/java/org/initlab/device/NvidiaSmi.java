package org.initlab.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks NVIDIA's nvidia-smi what GPUs there are. It loads no library of CUDA, and never fails: a
 * driver that does not answer, or not in time, is a survey without GPUs that says why.
 */
public final class NvidiaSmi {

  /** How a program answered: its exit code, and what it said on both streams. */
  record Answer(int exit, String said) {}

  /** Runs nvidia-smi with some arguments. */
  @FunctionalInterface
  interface Program {
    Answer ask(List<String> arguments) throws IOException, InterruptedException;
  }

  private static final List<String> OLD_FIELDS =
      List.of(
          "index", "name", "uuid", "driver_version", "memory.total", "memory.free", "compute_mode");

  /** Fields that came with later drivers: without them all of the question is refused. */
  private static final List<String> NEW_FIELDS = List.of("compute_cap", "mig.mode.current");

  private static final Pattern REFUSED = Pattern.compile("Field \"([^\"]+)\" is not a valid field");
  private static final Pattern SLICE = Pattern.compile("\\(UUID:? *(MIG-[^)]+)\\)");
  private static final Pattern WHOLE = Pattern.compile("\\(UUID:? *(GPU-[^)]+)\\)");

  private final Program program;

  NvidiaSmi(Program program) {
    this.program = program;
  }

  /** The GPUs of this machine. A driver that hangs is given up after {@code patience}. */
  public static GpuSurvey here(Duration patience) {
    return new NvidiaSmi(arguments -> run(arguments, patience)).survey();
  }

  GpuSurvey survey() {
    try {
      return ask();
    } catch (IOException e) {
      return GpuSurvey.none("there is no nvidia-smi here, so no driver of NVIDIA");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return GpuSurvey.none("the question to nvidia-smi was interrupted");
    }
  }

  private GpuSurvey ask() throws IOException, InterruptedException {
    List<String> fields = new ArrayList<>(OLD_FIELDS);
    fields.addAll(NEW_FIELDS);
    Answer answer = query(fields);
    for (int more = 0; more < NEW_FIELDS.size(); more++) {
      Matcher refused = REFUSED.matcher(answer.said());
      if (refused.find() && fields.remove(refused.group(1))) {
        answer = query(fields);
      }
    }
    List<String> lines = answer.said().lines().filter(line -> !line.isBlank()).toList();
    int header = 0;
    while (header < lines.size() && !lines.get(header).startsWith("index,")) {
      header++;
    }
    if (header == lines.size()) {
      return GpuSurvey.none(
          lines.isEmpty()
              ? "nvidia-smi ends with " + answer.exit() + " and says nothing"
              : "nvidia-smi says: " + String.join(" ", lines));
    }
    List<String> trouble = new ArrayList<>(lines.subList(0, header));
    List<Gpu> gpus = new ArrayList<>();
    List<String> columns = cells(lines.get(header));
    for (String line : lines.subList(header + 1, lines.size())) {
      List<String> cells = cells(line);
      if (cells.size() == columns.size() && cells.get(0).matches("[0-9]{1,4}")) {
        gpus.add(gpu(columns, cells));
      } else {
        trouble.add("nvidia-smi says: " + line);
      }
    }
    if (gpus.isEmpty() && trouble.isEmpty()) {
      trouble.add("nvidia-smi names no GPU");
    }
    return new GpuSurvey(gpus, trouble, slices(gpus), busy(gpus));
  }

  private Answer query(List<String> fields) throws IOException, InterruptedException {
    return program.ask(List.of("--query-gpu=" + String.join(",", fields), "--format=csv,nounits"));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split(",", -1)).map(String::strip).toList();
  }

  private static Gpu gpu(List<String> columns, List<String> cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i).replaceAll(" *\\[.*", ""), cells.get(i)); // without the unit
    }
    return new Gpu(
        Integer.parseInt(row.get("index")),
        row.getOrDefault("name", "GPU"),
        row.getOrDefault("uuid", ""),
        ComputeCapability.parse(row.getOrDefault("compute_cap", "")),
        row.getOrDefault("driver_version", ""),
        mebibytes(row.getOrDefault("memory.total", "")),
        mebibytes(row.getOrDefault("memory.free", "")),
        mode(row.getOrDefault("compute_mode", "")),
        row.getOrDefault("mig.mode.current", "").equals("Enabled"));
  }

  private static OptionalLong mebibytes(String text) {
    return text.matches("[0-9]{1,12}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static Gpu.Mode mode(String text) {
    return switch (text) {
      case "Exclusive_Process", "Exclusive_Thread" -> Gpu.Mode.EXCLUSIVE;
      case "Prohibited" -> Gpu.Mode.PROHIBITED;
      default -> Gpu.Mode.SHARED;
    };
  }

  /** {@code nvidia-smi -L} has a line a GPU, and below it one for each of its instances. */
  private Map<String, List<String>> slices(List<Gpu> gpus)
      throws IOException, InterruptedException {
    Map<String, List<String>> slices = new LinkedHashMap<>();
    if (gpus.stream().noneMatch(Gpu::slicing)) {
      return slices;
    }
    List<String> current = new ArrayList<>();
    for (String line : program.ask(List.of("-L")).said().lines().toList()) {
      Matcher whole = WHOLE.matcher(line);
      Matcher slice = SLICE.matcher(line);
      if (whole.find()) {
        current = slices.computeIfAbsent(whole.group(1), uuid -> new ArrayList<>());
      } else if (slice.find()) {
        current.add(slice.group(1));
      }
    }
    return slices;
  }

  private Set<String> busy(List<Gpu> gpus) throws IOException, InterruptedException {
    Set<String> busy = new HashSet<>();
    if (gpus.stream().anyMatch(gpu -> gpu.mode() == Gpu.Mode.EXCLUSIVE)) {
      program
          .ask(List.of("--query-compute-apps=gpu_uuid", "--format=csv,noheader"))
          .said()
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("GPU-"))
          .forEach(busy::add);
    }
    return busy;
  }

  private static Answer run(List<String> arguments, Duration patience)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("nvidia-smi"));
    command.addAll(arguments);
    Path said = Files.createTempFile("nvidia-smi", ".txt"); // a pipe could fill up
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Answer(-1, "no answer in " + patience.toSeconds() + " s");
      }
      return new Answer(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    } finally {
      Files.delete(said);
    }
  }
}
