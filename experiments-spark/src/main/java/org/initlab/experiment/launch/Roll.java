package org.initlab.experiment.launch;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Tells a person which executors come and go while trials run; it changes nothing. */
public final class Roll extends SparkListener implements AutoCloseable {

  private final SparkContext context;
  private final Consumer<String> teller;
  private final Map<String, String> hosts = new ConcurrentHashMap<>();

  Roll(SparkContext context, Consumer<String> teller) {
    this.context = context;
    this.teller = teller;
  }

  /** Begins to tell; of those that are there already nothing is told. */
  public void call() {
    context.addSparkListener(this);
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    String host = added.executorInfo().executorHost();
    hosts.put(added.executorId(), host);
    int cores = added.executorInfo().totalCores();
    teller.accept(
        String.format(
            Locale.ROOT,
            "Executor %s on %s joined with %d %s.",
            added.executorId(),
            host,
            cores,
            cores == 1 ? "core" : "cores"));
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    String host = hosts.remove(removed.executorId());
    String reason = removed.reason() == null ? "" : removed.reason();
    teller.accept(
        String.format(
            Locale.ROOT,
            "Executor %s%s is lost: %s Its trials go to others.",
            removed.executorId(),
            host == null ? "" : " on " + host,
            sentence(reason.lines().findFirst().orElse("no reason given"))));
  }

  private static String sentence(String reason) {
    String text = reason.strip();
    return text.endsWith(".") ? text : text + ".";
  }

  @Override
  public void close() {
    context.removeSparkListener(this);
  }
}
