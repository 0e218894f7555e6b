package org.initlab.experiment.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/** Asks every executor of a cluster the same question. */
record Probe(JavaSparkContext spark) {

  private static final String JARS =
      "Start its worker from this version of InitLab (clusters/standalone worker), or submit by a"
          + " Spark of your own in SPARK_HOME: then the jars travel.";

  private static final String DRIVER = "driver";
  private static final int ROUNDS = 6;

  /** Between two looks at who is there; executors that start together are there within some. */
  private static final long LOOK_MILLIS = 500;

  private static final int QUIET_LOOKS = 3;

  /** How long a task stays, so that each core of each executor gets one. */
  private static final long STAY_MILLIS = 200;

  /** Seconds after which the user hears that there is no executor yet. */
  private static final int SECONDS_TO_WORRY = 30;

  static Probe of(JavaSparkContext spark) {
    return new Probe(spark);
  }

  List<Answer> ask(Check check) throws ClusterException {
    try {
      Map<String, ExecutorSummary> there = settled();
      Map<String, Answer> answers = new TreeMap<>();
      for (int round = 0;
          round < ROUNDS && !answers.keySet().containsAll(there.keySet());
          round++) {
        int tasks = there.values().stream().mapToInt(ExecutorSummary::totalCores).sum();
        round(check, tasks).forEach(answer -> answers.putIfAbsent(answer.executor(), answer));
        there = executors();
      }
      List<Answer> complete = new ArrayList<>();
      for (Answer a : answers.values()) {
        int cores = there.containsKey(a.executor()) ? there.get(a.executor()).totalCores() : 0;
        complete.add(new Answer(a.executor(), a.host(), cores, a.facts(), a.wrong()));
      }
      return complete;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while executors were asked.");
    } catch (RuntimeException e) {
      String reason = SparkLauncher.firstReason(e);
      boolean jars = String.valueOf(e.getMessage()).matches("(?s).*(ClassNotFound|NoClassDef).*");
      throw new ClusterException(
          "the executors did not answer: " + reason + (jars ? "\nOne lacks jars. " + JARS : ""));
    }
  }

  private List<Answer> round(Check check, int tasks) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < Math.max(1, tasks); i++) {
      numbers.add(i);
    }
    return spark.parallelize(numbers, numbers.size()).map(number -> answer(check)).collect();
  }

  private static Answer answer(Check check) throws InterruptedException {
    SparkEnv env = SparkEnv.get();
    String host = env.blockManager().blockManagerId().host();
    Map<String, String> facts = Map.of();
    String wrong = "";
    try {
      facts = check.facts();
    } catch (ClassNotFoundException | LinkageError e) {
      wrong = "it lacks jars of InitLab (" + e + "). " + JARS;
    } catch (Exception e) {
      wrong = e.getMessage() == null ? e.toString() : e.getMessage();
    }
    Thread.sleep(STAY_MILLIS);
    return new Answer(env.executorId(), host, 0, facts, wrong);
  }

  /** The executors once there is one, and no new one has come for a moment. */
  private Map<String, ExecutorSummary> settled() throws InterruptedException, ClusterException {
    long start = System.nanoTime();
    long worry = SECONDS_TO_WORRY;
    Map<String, ExecutorSummary> there = executors();
    int quiet = 0;
    while (there.isEmpty() || quiet < QUIET_LOOKS) {
      if (spark.sc().isStopped()) {
        throw new ClusterException(
            "the cluster ended this application before an executor came. What it says is in its"
                + " own log; of a standalone cluster, in the folder work of its workers.");
      }
      Thread.sleep(LOOK_MILLIS);
      Map<String, ExecutorSummary> now = executors();
      quiet = now.keySet().equals(there.keySet()) ? quiet + 1 : 0;
      there = now;
      long waited = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      if (there.isEmpty() && waited >= worry) {
        worry += SECONDS_TO_WORRY;
        System.out.println(
            "Waiting for executors since "
                + waited
                + " s: they are starting, or no worker has the cores and the memory that the cluster"
                + " file asks for, or others use them.");
      }
    }
    return there;
  }

  private Map<String, ExecutorSummary> executors() {
    boolean local = spark.isLocal();
    Map<String, ExecutorSummary> there = new TreeMap<>();
    for (ExecutorSummary e :
        CollectionConverters.asJava(spark.sc().statusStore().executorList(true))) {
      if (local || !e.id().equals(DRIVER)) {
        there.put(e.id(), e);
      }
    }
    return there;
  }
}
