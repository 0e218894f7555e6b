package org.initlab.experiment.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.initlab.experiment.bench.GpuCheck.Speed;

/**
 * PyTorch and JAX on the same GPU and the same work, in processes of their own:
 * scripts/gpu-peers.py. A library that is not there is a row that says so, and no number is wrong
 * for it.
 *
 * @param command the program and its first words; none to leave it out
 */
record GpuPeers(List<String> command) {

  private static final Map<String, String> LIBRARIES = Map.of("torch", "PyTorch", "jax", "JAX");

  /** A compilation for thousands of networks takes a minute or two. */
  private static final long PATIENCE_MINUTES = 15;

  GpuPeers {
    command = List.copyOf(command);
  }

  /** Of words parted by blanks. */
  static GpuPeers of(String words) {
    return new GpuPeers(words.isBlank() ? List.of() : Arrays.asList(words.strip().split(" +")));
  }

  /** What each library needs for what was timed, with how many times as fast these were. */
  List<Speed> beside(List<Speed> ours) {
    List<Speed> rows = new ArrayList<>();
    if (command.isEmpty()) {
      return rows;
    }
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Speed speed : ours) {
      if (speed.key().matches("(normal|train) .*")) {
        rates.merge(speed.key(), speed.rate(), Math::max); // of blocks of several sizes, the best
      }
    }
    for (String library : List.of("torch", "jax")) {
      try {
        rows.addAll(run(library, rates));
      } catch (IOException e) {
        rows.add(new Speed(LIBRARIES.get(library), "not timed: " + e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return rows;
      }
    }
    return rows;
  }

  private List<Speed> run(String library, Map<String, Double> rates)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(command);
    words.add(library);
    for (String key : rates.keySet()) {
      String[] parts = key.split(" ", 2);
      words.addAll(List.of("--" + parts[0], parts[1].replace(' ', ',')));
    }
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread patience = new Thread(() -> end(process), "patience");
    patience.setDaemon(true);
    patience.start();
    List<Speed> rows = new ArrayList<>();
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        rows.add(row(library, line, rates));
      }
    }
    int exit = process.waitFor();
    if (exit != 0) {
      rows.add(
          new Speed(
              LIBRARIES.get(library), "ended with exit code " + exit + "; what it said is above"));
    }
    return rows;
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  private static Speed row(String library, String line, Map<String, Double> rates)
      throws IOException {
    String[] parts = line.split("\t", 3);
    if (parts.length == 3 && parts[0].equals("missing")) {
      return new Speed(LIBRARIES.get(library), "not here: " + parts[2]);
    }
    Double ours = rates.get(parts[0]);
    if (parts.length != 3 || ours == null || !parts[1].matches("[0-9.e+]+")) {
      throw new IOException("it says '" + line + "'");
    }
    double theirs = Double.parseDouble(parts[1]);
    boolean draws = parts[0].startsWith("normal");
    String[] numbers = parts[0].split(" ");
    return new Speed(
        draws
            ? parts[2] + ", " + numbers[1] + " floats"
            : parts[2] + ", " + numbers[1] + " of 784-[" + numbers[2] + "]x5-10",
        String.format(
            Locale.ROOT,
            draws
                ? "%,.0f GB/s; InitLab has %.2f times that"
                : "%,.0f trial-steps a second; InitLab has %.2f times that",
            draws ? theirs * Float.BYTES / 1e9 : theirs,
            ours / theirs));
  }
}
