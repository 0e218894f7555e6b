package org.initlab.notebook;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.initlab.experiment.Launcher.Announcement;
import org.initlab.experiment.Study;

/** How a study gets on, in a bar that moves while its cell runs. */
final class Progress implements Consumer<Announcement>, AutoCloseable {

  private static final long PERIOD = 300_000_000L;

  private final Consumer<Shown> bar;
  private final Study study;
  private final Path path;
  private final int all;
  private final int todo;
  private final long start = System.nanoTime();
  private long drawn;
  private int done;
  private int diverged;
  private int failed;
  private String error = "";

  Progress(Screen screen, Study study, Path path, int todo) {
    this.study = study;
    this.path = path;
    this.all = study.trials().size();
    this.todo = todo;
    this.bar = screen.show(now());
  }

  @Override
  public synchronized void accept(Announcement told) {
    done++;
    diverged += told.outcome().equals("diverged") ? 1 : 0;
    if (told.outcome().equals("failed")) {
      failed++;
      error = told.error().lines().findFirst().orElse("");
    }
    if (System.nanoTime() - drawn > PERIOD) {
      bar.accept(now());
      drawn = System.nanoTime();
    }
  }

  @Override
  public synchronized void close() {
    bar.accept(now());
  }

  private Shown now() {
    double seconds = (System.nanoTime() - start) / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d trials done, %d diverged, %d failed%s",
            study.name(),
            all - todo + done,
            all,
            diverged,
            failed,
            todo == 0
                ? "; nothing was left to do"
                : String.format(Locale.ROOT, "; %.1f s", seconds));
    String last = error.isEmpty() ? "" : " The last failure: " + error;
    String html =
        "<div><progress style=\"width: 100%%; max-width: 460px\" value=\"%d\" max=\"%d\"></progress><br>%s%s<br><small>%s</small></div>"
            .formatted(
                all - todo + done,
                all,
                Shown.escaped(text),
                Shown.escaped(last),
                Shown.escaped(path.toString()));
    return Shown.of(html, text + last);
  }
}
