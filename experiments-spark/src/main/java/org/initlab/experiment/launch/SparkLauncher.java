package org.initlab.experiment.launch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.initlab.experiment.Launcher;
import org.initlab.experiment.ResultStore;
import org.initlab.experiment.Trial;
import org.initlab.experiment.TrialRunner;

/**
 * Runs trials on Spark, a task for each batch of trials of one shape. Executors write to the store
 * themselves; only announcements come back.
 *
 * @param spark the context to run on
 * @param effort what batches are made by
 * @param limits how much is borne with a trial
 */
record SparkLauncher(JavaSparkContext spark, Effort effort, Limits limits) implements Launcher {

  private static final long POLL_MILLIS = 200;

  @Override
  public void launch(
      List<Trial> trials, TrialRunner runner, ResultStore store, Consumer<Announcement> announce)
      throws IOException {
    if (trials.isEmpty()) {
      return;
    }
    List<List<Trial>> batches = Batches.of(trials, effort, spark.defaultParallelism());
    Announcements told = new Announcements();
    spark.sc().register(told);
    BatchTask task = new BatchTask(runner, store, limits);
    JavaFutureAction<Void> job =
        spark
            .parallelize(batches, batches.size())
            .foreachAsync(
                batch -> task.run(batch, TaskContext.get().attemptNumber() > 0, told::add));
    boolean running = true;
    while (running) {
      try {
        running = !isDone(job);
      } finally { // what is stored counts, however the job ends
        told.taken().forEach(announce);
      }
    }
  }

  /** Waits a moment for the job's end; throws what made it fail. */
  private static boolean isDone(JavaFutureAction<Void> job) throws IOException {
    try {
      job.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      job.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException(firstReason(e.getCause()), e.getCause());
    }
  }

  /** The line that says what went wrong, without Spark's account of stages and traces. */
  static String firstReason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String said = deepest instanceof IOException ? deepest.getMessage() : deepest.toString();
    return said == null ? deepest.toString() : said.lines().findFirst().orElse(deepest.toString());
  }
}
