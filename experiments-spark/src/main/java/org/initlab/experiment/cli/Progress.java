package org.initlab.experiment.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.initlab.experiment.Launcher.Announcement;
import org.initlab.experiment.Trial;

/**
 * Tells how a run gets on: one line that is redrawn each second on a terminal, a plain line every
 * ten seconds elsewhere, and each failure at once.
 */
final class Progress implements Consumer<Announcement>, AutoCloseable {

  private final PrintStream out;
  private final boolean terminal;
  private final List<Trial> trials;
  private final Positions positions;
  private final ToDoubleFunction<Trial> seconds;
  private final double expectedSeconds;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService clock;
  private double spentSeconds;
  private int done;
  private int diverged;
  private int failed;

  /**
   * Begins to tell.
   *
   * @param terminal whether {@code out} can redraw a line
   * @param trials what is to be run
   * @param seconds how long a trial is expected to take
   */
  Progress(PrintStream out, boolean terminal, List<Trial> trials, ToDoubleFunction<Trial> seconds) {
    this.out = out;
    this.terminal = terminal;
    this.trials = trials;
    this.positions = new Positions(trials);
    this.seconds = seconds;
    this.expectedSeconds = trials.stream().mapToDouble(seconds).sum();
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "progress");
              thread.setDaemon(true);
              return thread;
            });
    int period = terminal ? 1 : 10;
    clock.scheduleAtFixedRate(this::draw, period, period, TimeUnit.SECONDS);
  }

  @Override
  public synchronized void accept(Announcement told) {
    done++;
    OptionalInt position = positions.of(told.id());
    Trial trial = position.isPresent() ? trials.get(position.getAsInt()) : null;
    spentSeconds += trial == null ? 0 : seconds.applyAsDouble(trial);
    switch (told.outcome()) {
      case "diverged" -> diverged++;
      case "failed" -> {
        failed++;
        fail(told, trial);
      }
      default -> {}
    }
  }

  /** Draws the last line. */
  @Override
  public void close() {
    clock.shutdownNow();
    draw();
    if (terminal) {
      out.println();
    }
  }

  synchronized int failed() {
    return failed;
  }

  /** What is known now, in numbers. */
  record Told(int todo, int done, long secondsLeft) {}

  synchronized Told told() {
    double elapsed = (System.nanoTime() - start) / 1e9;
    return new Told(
        trials.size(), done, done == trials.size() ? 0 : Math.round(secondsLeft(elapsed)));
  }

  private void fail(Announcement told, Trial trial) {
    String id = told.id().brief();
    out.printf(
        "%sFAILED %s %s: %s  (logs/%s.log)%n",
        terminal ? "\r\033[K" : "",
        id,
        trial == null ? "" : trial.cell() + " repeat " + trial.repeat(),
        told.error().lines().findFirst().orElse(""),
        id);
  }

  /** Says a line at once, which is no trial's. */
  synchronized void say(String line) {
    out.println((terminal ? "\r\033[K" : "") + line);
  }

  private synchronized void draw() {
    if (Interruption.underWay()) {
      return; // the farewell is said
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%,d/%,d done, %d diverged, %d failed, %.2f trials/s, %s",
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

  /** Time left by the share of the expected work that is done; the estimate before any is. */
  private String left(double elapsed) {
    if (done == trials.size()) {
      return "in " + clock(elapsed);
    }
    return "about " + clock(secondsLeft(elapsed)) + " left";
  }

  private double secondsLeft(double elapsed) {
    double cores = Runtime.getRuntime().availableProcessors();
    return Math.max(
        1,
        spentSeconds > 0
            ? elapsed * (expectedSeconds / spentSeconds - 1)
            : expectedSeconds / cores - elapsed);
  }

  /** Hours, minutes and seconds. */
  static String clock(double seconds) {
    Duration d = Duration.ofMillis(Math.round(seconds * 1000));
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
  }
}
