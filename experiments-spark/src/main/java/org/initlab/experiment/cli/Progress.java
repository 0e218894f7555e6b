package org.initlab.experiment.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.initlab.experiment.Launcher.Announcement;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialId;

/**
 * Tells how a run gets on: one line that is redrawn on a terminal, a plain line every ten seconds
 * elsewhere, and each failure at once.
 */
final class Progress implements Consumer<Announcement> {

  private static final long PLAIN_LINE_NANOS = 10_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final Map<TrialId, Trial> trials;
  private final double expectedSeconds;
  private final java.util.function.ToDoubleFunction<Trial> seconds;
  private final long start = System.nanoTime();
  private long lastLine = start;
  private double spentSeconds;
  private int done;
  private int diverged;
  private int failed;

  Progress(
      PrintStream out,
      boolean terminal,
      Map<TrialId, Trial> trials,
      java.util.function.ToDoubleFunction<Trial> seconds) {
    this.out = out;
    this.terminal = terminal;
    this.trials = trials;
    this.seconds = seconds;
    this.expectedSeconds = trials.values().stream().mapToDouble(seconds).sum();
  }

  @Override
  public void accept(Announcement told) {
    done++;
    Trial trial = trials.get(told.id());
    if (trial != null) {
      spentSeconds += seconds.applyAsDouble(trial);
    }
    switch (told.outcome()) {
      case "diverged" -> diverged++;
      case "failed" -> {
        failed++;
        fail(told, trial);
      }
      default -> {}
    }
    long now = System.nanoTime();
    if (terminal || now - lastLine >= PLAIN_LINE_NANOS || done == trials.size()) {
      draw(now);
      lastLine = now;
    }
  }

  /** Ends the redrawn line. */
  void close() {
    if (terminal && done > 0) {
      out.println();
    }
  }

  int failed() {
    return failed;
  }

  int diverged() {
    return diverged;
  }

  int done() {
    return done;
  }

  private void fail(Announcement told, Trial trial) {
    String reason = told.error().lines().findFirst().orElse("");
    out.print(terminal ? "\r\033[K" : "");
    out.println(
        "FAILED "
            + told.id().brief()
            + " "
            + (trial == null ? "" : trial.cell() + " repeat " + trial.repeat())
            + ": "
            + reason
            + "  (logs/"
            + told.id().brief()
            + ".log)");
  }

  private void draw(long now) {
    double elapsed = (now - start) / 1e9;
    String line =
        String.format(
            java.util.Locale.ROOT,
            "%,d/%,d done, %d diverged, %d failed, %.1f trials/s, %s left",
            done,
            trials.size(),
            diverged,
            failed,
            done / elapsed,
            left(elapsed));
    if (terminal) {
      out.print("\r\033[K" + line);
      out.flush();
    } else {
      out.println(line);
    }
  }

  /** Time left by the share of the expected work that is done. */
  private String left(double elapsed) {
    double ahead = spentSeconds <= 0 ? 0 : elapsed * (expectedSeconds / spentSeconds - 1);
    return clock(Math.max(0, ahead));
  }

  static String clock(double seconds) {
    Duration d = Duration.ofMillis(Math.round(seconds * 1000));
    return String.format(
        java.util.Locale.ROOT, "%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
  }
}
